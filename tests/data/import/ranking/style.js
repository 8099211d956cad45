const row = { width: 700, height: 120, flexDirection: 'row', alignItems: 'center' };
const line = (fontSize) => ({ fontSize, lineHeight: fontSize * 1.5, height: fontSize * 1.5 });
module.exports = {
  board: { width: 720, height: 1000, borderRadius: 12, backgroundColor: '#2a2d3f' },
  head: { height: 100, width: '100%', alignItems: 'center', justifyContent: 'center' },
  headline: { ...line(40), width: 400, textAlign: 'center', color: '#fff' },
  body: { width: 720, height: 860, alignItems: 'center' },
  rows: { width: 700, height: 600, marginTop: 10 },
  row: { ...row, backgroundColor: '#3a3f55', marginTop: 2 },
  rowDark: { backgroundColor: '#33384c' },
  rowOwn: { marginTop: 12, backgroundColor: '#5a3fd0', borderRadius: 10 },
  place: { ...line(32), width: 90, textAlign: 'center', color: '#fff' },
  face: { width: 80, height: 80, borderRadius: 40 },
  who: { ...line(30), width: 260, marginLeft: 20, color: '#fff', textOverflow: 'ellipsis' },
  points: { ...line(30), width: 200, textAlign: 'right', color: '#ffd76a', fontWeight: 'bold' },
  foot: { ...line(20), marginTop: 14, color: '#aaa' },
  unused: undefined,
};
