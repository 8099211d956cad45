export default function getTips(it) {
  let out = '<view class="shade">';
  if (it.tips) {
    out += '<view class="box"><text class="tip" value="' + it.tips + '"></text>';
    if (it.more) out = out + '<text class="more" value="' + it.more + '"></text>';
    out += '</view>';
  }
  out += '</view>';
  return out;
}
