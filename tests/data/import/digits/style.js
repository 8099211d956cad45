exports.main = { width: 500, height: 700, flexDirection: 'column', backgroundColor: '#101020' };
exports.line = { width: 500, height: 64, flexDirection: 'row', alignItems: 'center' };
exports.medal = { width: 80, height: 40, flexDirection: 'row', justifyContent: 'center' };
exports.digit = { width: 24, height: 36 };
exports.rank = { width: 80, fontSize: 24, lineHeight: 40, textAlign: 'center', color: '#fff' };
exports.face = { width: 48, height: 48 };
exports.name = { fontSize: 22, color: '#fff', marginLeft: 12, width: 180 };
exports.score = { fontSize: 22, color: '#fc0', flex: 1 };
