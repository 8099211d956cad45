// The friend list of TikTok's guide, as a game has it in its open data domain.
const canvas = TTMinis.game.getSharedCanvas();
const ctx = canvas.getContext('2d');
let friends = [];
let state = 'hidden';

function text(value, x, y, font, color) {
  ctx.font = font;
  ctx.fillStyle = color;
  ctx.fillText(value, x, y);
}

function drawRow(friend, index) {
  const y = index * 80 + 20;
  ctx.fillStyle = '#ffffff';
  ctx.fillRect(20, y, canvas.width - 40, 70);
  if (friend.avatar) {
    ctx.drawImage(friend.avatar, 30, y + 10, 50, 50);
  }
  text(friend.nickname, 95, y + 42, '20px Arial', '#333333');
  const score = friend.KVDataList.length ? friend.KVDataList[0].value : '-';
  text(score, canvas.width - 90, y + 42, 'bold 20px Arial', '#fe2c55');
}

function render() {
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  if (state === 'hidden') return;
  ctx.fillStyle = '#f1f1f2';
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  if (state === 'loading') {
    ctx.textAlign = 'center';
    text('Loading...', canvas.width / 2, 60, '24px Arial', '#666666');
    ctx.textAlign = 'start';
    return;
  }
  friends.forEach(drawRow);
}

function load(friend) {
  const image = TTMinis.game.createImage();
  image.src = friend.avatarUrl;
  image.addEventListener('load', () => {
    friend.avatar = image;
    render();
  });
  image.onerror = () => console.warn('no avatar for', friend.nickname);
}

function show() {
  state = 'loading';
  render();
  TTMinis.game.getFriendCloudStorage({
    keyList: ['score'],
    success: (res) => {
      friends = res.data;
      state = 'ready';
      render();
      friends.forEach(load);
    },
    fail: (err) => console.error(err.errMsg),
  });
}

TTMinis.game.onMessage((message) => {
  if (message.type === 'showFriendList') show();
  if (message.type === 'hide') {
    state = 'hidden';
    render();
  }
});

TTMinis.game.onTouchEnd((event) => {
  const { clientY } = event.changedTouches[0];
  const index = Math.floor((clientY - 20) / 80);
  const friend = friends[index];
  if (state !== 'ready' || !friend) return;
  TTMinis.game.shareToUser({
    openid: friend.openid,
    imageUrl: 'https://example.com/card.png',
    title: 'Beat my score!',
    success: () => console.log('shared with', friend.nickname),
    fail: (err) => console.log(err.errMsg),
  });
});
