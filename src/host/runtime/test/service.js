// The platform's side of a script, for Node and for a page: plain JavaScript that needs nothing.
(function (global) {
  "use strict";
  class Service {
    /** `script` with its friends and groups as data. */
    constructor(script) {
      Object.assign(this, { latency: script.latency || {}, faults: JSON.parse(JSON.stringify(script.faults || {})) });
      this.friends = script.friends || { data: [] };
      this.groups = script.groups || {};
      this.self = script.self || this.friends.self;
      this.authorized = script.authorized === undefined ? true : script.authorized;
    }
    has(name) {
      return /^(get(Friend|Group)CloudStorage|getCloudStorageByRelation|[sg]etUserCloudStorage|getUserInfo|authorizeOpenContext|share\w+)$/.test(name);
    }
    call(name, options) {
      const after = this.latency[name] || 0;
      const fault = this.faults[name];
      if (fault && fault.times !== 0) {
        if (fault.times !== undefined) fault.times -= 1;
        const answer = Object.assign({}, fault);
        delete answer.times;
        return { after, success: false, answer };
      }
      const good = { after, success: true, answer: { errMsg: `${name}:ok` } };
      if (name === "authorizeOpenContext") this.authorized = true;
      if (name === "setUserCloudStorage") this.store(options.KVDataList || options.data);
      if (!/^get\w*CloudStorage/.test(name)) return good;
      if (!this.authorized) return { after, success: false, answer: { errMsg: `${name}:fail auth deny`, errCode: -12006 } };
      const list = this.groups[options.shareTicket || options.groupid || (options.extra && options.extra.groupId)] || this.friends;
      const asked = (friend) =>
        Object.assign({}, friend, { KVDataList: (friend.KVDataList || []).filter((pair) => options.keyList.includes(pair.key)) });
      const answer = Object.assign({}, list, { data: list.data.map(asked), errMsg: `${name}:ok` });
      delete answer.self;
      return { after, success: true, answer };
    }
    store(pairs) {
      for (const list of [this.friends].concat(Object.values(this.groups))) {
        const own = list.data.find((friend) => friend.openid === this.self);
        if (!own) continue;
        own.KVDataList = own.KVDataList || [];
        for (const { key, value } of pairs) {
          const known = own.KVDataList.find((pair) => pair.key === key);
          if (known) known.value = value;
          else own.KVDataList.push({ key, value });
        }
      }
    }
  }
  global.PhoneService = Service;
})(globalThis);
