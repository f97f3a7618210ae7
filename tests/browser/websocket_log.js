// Note when, and how much, the page sends over its websocket.
window.websocketLog = [];
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  window.websocketLog.push({ at: performance.timeOrigin + performance.now(), bytes: data.byteLength ?? data.size ?? data.length });
  return send.call(this, data);
};
