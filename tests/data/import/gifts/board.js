// As it is written by hand: template literals, map and join, a helper for rows.
const picture = (item) => (item.isSelf ? 'own' : 'gift');
const rowOf = (item, index) => `
  <view class="row ${index % 2 ? 'odd' : ''}">
    <image class="face" src="${item.avatarUrl}"></image>
    <view class="texts">
      <text class="name" value="${item.nickname || 'Somebody'}"></text>
      <text class="level" value="Level ${item.level}"></text>
    </view>
    <view class="act" data-own="${item.isSelf ? true : false}">
      <text class="word" value="${picture(item)}"></text>
    </view>
  </view>`;

export default ({ entries, heading }) => `
<view class="page">
  <text class="heading" value="${heading}"></text>
  ${entries.length ? `<scrollview class="list" scrollY="true">${entries.map(rowOf).join('')}</scrollview>` : '<text class="none" value="Nobody yet"></text>'}
</view>`;
