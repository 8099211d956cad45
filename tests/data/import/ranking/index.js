const style = require('./style');
const template = require('./board');
const Layout = require('./engine').default;
function draw(data) {
  Layout.clear();
  Layout.init(template({ title: 'Friends', data, self: data[0], selfIndex: 1 }), style);
  Layout.layout(wx.getSharedCanvas().getContext('2d'));
}
wx.onMessage(() => draw([]));
