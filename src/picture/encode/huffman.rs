//! Huffman codes of a bounded length.

/// The lengths of the best code for symbols that occur so often, none longer than `most` bits (15 at the most); 0 for what does not occur.
pub fn lengths<const SYMBOLS: usize>(counts: &[u32; SYMBOLS], most: usize) -> [u8; SYMBOLS] {
    let mut lengths = [0; SYMBOLS];
    let mut order: Vec<(u32, usize)> = counts.iter().copied().zip(0..).filter(|(count, _)| *count > 0).collect();
    order.sort_unstable();
    if let [(_, only)] = order.as_slice() {
        lengths[*only] = 1;
    }
    if order.len() < 2 {
        return lengths;
    }
    let ascending: Vec<u64> = order.iter().map(|(count, _)| u64::from(*count)).collect();
    let mut of_length = [0_u32; 64];
    for depth in depths(ascending) {
        of_length[depth] += 1;
    }
    limit(&mut of_length, most);
    // The rarest have the longest codes.
    let mut symbols = order.iter();
    for length in (1..=most).rev() {
        for (_, symbol) in symbols.by_ref().take(of_length[length] as usize) {
            lengths[*symbol] = length as u8;
        }
    }
    lengths
}

/// How deep each of ascending weights stands in a tree of the least sum; 63 for what is deeper.
fn depths(mut weights: Vec<u64>) -> Vec<usize> {
    let leaves = weights.len();
    let nodes = leaves * 2 - 1;
    let mut parents = vec![0; nodes];
    let (mut leaf, mut inner) = (0, leaves);
    for node in leaves..nodes {
        let mut sum = 0;
        for _ in 0..2 {
            // The lighter of the next leaf and the next inner node that has no parent yet.
            let is_leaf = leaf < leaves && (inner >= node || weights[leaf] <= weights[inner]);
            let child = if is_leaf { &mut leaf } else { &mut inner };
            sum += weights[*child];
            parents[*child] = node;
            *child += 1;
        }
        weights.push(sum);
    }
    let mut depths = vec![0; nodes];
    for node in (0..nodes - 1).rev() {
        depths[node] = (depths[parents[node]] + 1).min(63);
    }
    depths.truncate(leaves);
    depths
}

/// Moves codes that are too long up, and others down to make room for them.
fn limit(of_length: &mut [u32; 64], most: usize) {
    let (within, beyond) = of_length.split_at_mut(most + 1);
    within[most] += beyond.iter_mut().map(std::mem::take).sum::<u32>();
    let mut room: u32 = (1..=most).map(|length| within[length] << (most - length)).sum();
    while room > 1 << most {
        within[most] -= 1;
        if let Some(length) = (1..most).rev().find(|length| within[*length] > 0) {
            within[length] -= 1;
            within[length + 1] += 2;
        }
        room -= 1;
    }
}

/// The codes of lengths, as deflate numbers them: their bits, the first lowest, and how many they are.
pub fn codes<const SYMBOLS: usize>(lengths: &[u8; SYMBOLS]) -> [(u16, u8); SYMBOLS] {
    let mut of_length = [0_u16; 16];
    lengths.iter().filter(|length| **length > 0).for_each(|length| of_length[usize::from(*length)] += 1);
    let mut next = [0_u16; 16];
    for length in 1..16 {
        next[length] = (next[length - 1] + of_length[length - 1]) << 1;
    }
    lengths.map(|length| {
        if length == 0 {
            return (0, 0);
        }
        let next = &mut next[usize::from(length)];
        let code = next.reverse_bits() >> (16 - length);
        *next += 1;
        (code, length)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_short_for_what_is_frequent_and_never_too_long() {
        // Fibonacci's numbers make the deepest of trees.
        let mut counts = [0_u32; 40];
        let (mut a, mut b) = (1, 1);
        for count in &mut counts {
            *count = a;
            (a, b) = (b, a + b);
        }
        for most in [7, 15] {
            let lengths = lengths(&counts, most);
            assert!(lengths.iter().all(|length| (1..=most).contains(&usize::from(*length))), "{lengths:?}");
            assert!(lengths.is_sorted_by(|rare, frequent| rare >= frequent), "{lengths:?}");
            let room: u32 = lengths.iter().map(|length| 1 << (most - usize::from(*length))).sum();
            assert_eq!(room, 1 << most, "a full code");
        }
    }

    #[test]
    fn few_symbols_have_codes() {
        assert_eq!(lengths(&[0, 9, 0], 15), [0, 1, 0]);
        assert_eq!(lengths(&[0, 0, 0], 15), [0, 0, 0]);
        assert_eq!(codes(&lengths(&[5, 0, 1, 9], 15)), [(0b01, 2), (0, 0), (0b11, 2), (0, 1)]);
    }
}
