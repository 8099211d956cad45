//! A list that asks for no memory while it is short: what is opened within each other, the parts of an area. A frame of a scroll
//! makes dozens of them.

use std::ops::{Deref, DerefMut};

/// Items in the order in which they were added, of which the first `N` are held where the list itself is.
///
/// ```
/// use friendboard::few::Few;
/// let mut open: Few<u32, 2> = Few::new();
/// (1..=3).for_each(|depth| open.push(depth));
/// assert_eq!((open.pop(), open.last(), open.len()), (Some(3), Some(&2), 2));
/// ```
#[derive(Clone, Debug)]
pub struct Few<T, const N: usize> {
    held: [T; N],
    /// How many of those held are items; 0 where there are more.
    count: usize,
    /// All of them, where they are more than are held.
    many: Vec<T>,
}

impl<T: Default, const N: usize> Few<T, N> {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self { held: std::array::from_fn(|_| T::default()), count: 0, many: Vec::new() }
    }

    /// One, as a stack is whose first item stays.
    #[must_use]
    pub fn of(first: T) -> Self {
        let mut few = Self::new();
        few.push(first);
        few
    }

    /// Adds an item behind the others.
    pub fn push(&mut self, item: T) {
        if self.many.is_empty() {
            if let Some(free) = self.held.get_mut(self.count) {
                *free = item;
                self.count += 1;
                return;
            }
            self.many.reserve(N * 2 + 1);
            self.many.extend(self.held.iter_mut().map(std::mem::take));
            self.count = 0;
        }
        self.many.push(item);
    }

    /// Takes the last item.
    pub fn pop(&mut self) -> Option<T> {
        if let Some(item) = self.many.pop() {
            return Some(item);
        }
        self.count = self.count.checked_sub(1)?;
        self.held.get_mut(self.count).map(std::mem::take)
    }

    /// Takes an item, whose place the last one gets.
    pub fn swap_remove(&mut self, index: usize) -> Option<T> {
        let last = self.len().checked_sub(1).filter(|last| index <= *last)?;
        self.swap(index, last);
        self.pop()
    }

    /// Leaves no more than the first ones.
    pub fn truncate(&mut self, count: usize) {
        while self.len() > count {
            self.pop();
        }
    }
}

impl<T: Default, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, const N: usize> Deref for Few<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        if self.many.is_empty() { self.held.get(..self.count).unwrap_or_default() } else { &self.many }
    }
}

impl<T, const N: usize> DerefMut for Few<T, N> {
    fn deref_mut(&mut self) -> &mut [T] {
        if self.many.is_empty() { self.held.get_mut(..self.count).unwrap_or_default() } else { &mut self.many }
    }
}

impl<T: Default, const N: usize> Extend<T> for Few<T, N> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T: PartialEq, const N: usize> PartialEq for Few<T, N> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a Few<T, N> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_what_a_vector_would() {
        let mut random = crate::random::random(11);
        for _ in 0..200 {
            let (mut few, mut all): (Few<u32, 3>, Vec<u32>) = (Few::new(), Vec::new());
            for _ in 0..60 {
                match random() % 8 {
                    0..=3 => {
                        let item = random();
                        few.push(item);
                        all.push(item);
                    }
                    4 | 5 => assert_eq!(few.pop(), all.pop()),
                    6 if !all.is_empty() => {
                        let index = random() as usize % all.len();
                        assert_eq!(few.swap_remove(index), Some(all.swap_remove(index)));
                    }
                    _ => {
                        let count = random() as usize % 6;
                        few.truncate(count);
                        all.truncate(count);
                    }
                }
                assert_eq!(*few, *all);
                assert_eq!(few.swap_remove(all.len()), None);
            }
        }
    }
}
