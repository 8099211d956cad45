export default function getStyle({ width, height }) {
  const scale = width / 480;
  const px = (value) => Math.round(value * scale);
  return {
    page: { width, height, backgroundColor: '#f4f4fb' },
    heading: { fontSize: px(20), lineHeight: px(50), height: px(50), width, textAlign: 'center' },
    list: { width, height: height - px(50) },
    row: { width, height: px(70), flexDirection: 'row', alignItems: 'center', backgroundColor: '#fff' },
    odd: { backgroundColor: '#f0f0fa' },
    face: { width: px(50), height: px(50), marginLeft: px(12), borderRadius: px(25) },
    texts: { marginLeft: px(12), width: px(220), height: px(50), justifyContent: 'space-between' },
    name: { fontSize: px(16), width: px(220), textOverflow: 'ellipsis' },
    level: { fontSize: px(12), color: '#888' },
    act: { position: 'absolute', right: px(16), top: px(19), width: px(80), height: px(32), backgroundColor: '#4f46e5', borderRadius: px(16), alignItems: 'center', justifyContent: 'center' },
    word: { fontSize: px(14), color: 'white' },
    none: { fontSize: px(14), marginTop: px(40), width, textAlign: 'center' },
  };
}
