const unit = 2;
const size = (width, height) => ({ width: width * unit, height: height * unit });
export default {
  panel: { ...size(320, 400), backgroundColor: '#fff', alignItems: 'center' },
  caption: { fontSize: 18 * unit, color: '#222', marginTop: 10 * unit, fontWeight: 'bold' },
  list: { ...size(300, 260), marginTop: 10 },
  entry: { ...size(300, 50), flexDirection: 'row', alignItems: 'center', justifyContent: 'space-between', borderBottomWidth: 1, borderColor: '#ddd' },
  first: { backgroundColor: '#fff7e0' },
  here: { backgroundColor: '#eefbea' },
  face: { ...size(36, 36), borderRadius: 18 * unit },
  name: { fontSize: 14 * unit, width: 150 * unit, color: '#333' },
  button: { ...size(64, 28), borderRadius: 14 * unit, backgroundColor: '#07c160', justifyContent: 'center', alignItems: 'center', ':active': { backgroundColor: '#05944a' } },
  label: { fontSize: 12 * unit, color: '#fff' },
  guests: { flexDirection: 'row', marginTop: 16, height: 80, width: '100%', justifyContent: 'center' },
  guest: { width: 60, height: 60, borderRadius: 30, marginLeft: 6, marginRight: 6 },
};
