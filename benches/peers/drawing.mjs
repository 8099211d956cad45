// What the peers draw: the board and the card of benches/workload, from the files that it writes.

import { readFileSync } from 'node:fs';

export const folder = process.argv[2];

const { data } = JSON.parse(readFileSync(`${folder}/workload.json`, 'utf8'));

export const everybody = data.map((friend) => ({
  name: friend.nickname,
  score: friend.KVDataList[0].value,
  avatar: friend.avatarUrl,
}));

export const avatarNames = [...new Set(everybody.map((friend) => friend.avatar))];

export const avatarFile = (name) => readFileSync(`${folder}/${name}`);

const fonts = new URL('../../assets/fonts/', import.meta.url);

export const fontFile = (name) => readFileSync(new URL(name, fonts));

/** The rows of a page, and the player with a rank. */
export function page(number) {
  const pages = everybody.length / 10;
  const first = (number % pages) * 10;
  const own = ((number % pages) * 7 + 29) % everybody.length;
  return { rows: everybody.slice(first, first + 10), own: everybody[own], rank: own + 1 };
}

/** The least of how long a run takes, ms: on a machine with other work, what comes nearest to the work itself. */
export async function least(runs, run) {
  const times = [];
  for (let number = 0; number < runs + 10; number += 1) {
    const start = performance.now();
    await run(number);
    if (number >= 10) times.push(performance.now() - start);
  }
  return Math.min(...times);
}

/** Prints one peer's figures: ms, and bytes of a PNG. */
export async function report(name, version, drawings) {
  const figures = { name, version };
  for (const [drawing, { pixels, png, runs }] of Object.entries(drawings)) {
    figures[drawing] = {
      rgba: await least(runs, pixels),
      png: await least(runs, png),
      bytes: (await png(0)).length,
    };
  }
  console.log(JSON.stringify(figures));
}

const medals = ['#ffd700', '#c0c0c0', '#cd7f32'];

/** The board as nested boxes with CSS, for who lays out; `box`, `text` and `image` make what the peer takes. */
export function boardOf({ box, text, image }, { rows, own, rank }) {
  const row = (friend, place, style, medal) => box({
    position: 'absolute', left: 16, width: 768, height: 64, display: 'flex', alignItems: 'center', borderRadius: 12,
    borderWidth: 1, borderStyle: 'solid', borderColor: '#3a4468', backgroundColor: '#232b45', ...style,
  }, [
    box({
      width: 36, height: 36, marginLeft: 17, borderRadius: 18, display: 'flex', alignItems: 'center', justifyContent: 'center',
      ...(medal ? { backgroundColor: medal } : {}),
    }, [text({ fontSize: 20, fontWeight: 700, color: medal ? '#1a1a1a' : '#aab3d0' }, String(place))]),
    image({ marginLeft: 20, width: 60, height: 60, borderRadius: 30 }, friend.avatar),
    text({
      marginLeft: 16, width: 400, fontSize: 24, color: '#ffffff', whiteSpace: 'nowrap', overflow: 'hidden',
      textOverflow: 'ellipsis',
    }, friend.name),
    box({ flexGrow: 1, display: 'flex', justifyContent: 'flex-end', marginRight: 15 }, [
      text({ fontSize: 28, fontWeight: 700, color: '#ffd166' }, friend.score),
    ]),
  ]);
  return box({ width: 800, height: 800, display: 'flex', position: 'relative', backgroundColor: '#141a2e' }, [
    text({ position: 'absolute', left: 32, top: 14, fontSize: 36, fontWeight: 700, color: '#ffffff' }, 'Leaderboard'),
    ...rows.map((friend, index) => row(friend, index + 1, { top: 64 + index * 66 }, medals[index])),
    row(own, rank, { top: 728, backgroundColor: '#2f4a8a', borderColor: '#6f93f0' }),
  ]);
}

/** The card in the same way. */
export function cardOf({ box, text, image }, { own }) {
  return box({
    width: 1200, height: 630, display: 'flex', position: 'relative', backgroundImage: 'linear-gradient(135deg, #4f46e5, #db2777)',
  }, [
    image({ position: 'absolute', left: 100, top: 215, width: 200, height: 200, borderRadius: 100 }, own.avatar),
    text({
      position: 'absolute', left: 350, top: 200, width: 800, fontSize: 64, fontWeight: 700, color: '#ffffff', whiteSpace: 'nowrap',
      overflow: 'hidden', textOverflow: 'ellipsis',
    }, own.name),
    text({ position: 'absolute', left: 350, top: 300, fontSize: 32, color: '#e5e7ff' },
      'Scored higher than 98% of friends · 好友排行榜 🏆'),
    box({
      position: 'absolute', left: 350, top: 370, width: 260, height: 72, borderRadius: 36, display: 'flex', alignItems: 'center',
      justifyContent: 'center', backgroundColor: 'rgba(255, 255, 255, 0.2)',
    }, [text({ fontSize: 40, fontWeight: 700, color: '#ffffff' }, own.score)]),
  ]);
}
