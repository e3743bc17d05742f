// Passkeys: the browser asks the key, the answer goes along in an ordinary form. Without it the page offers a code.
(function () {
  "use strict";
  var form = document.querySelector("form[data-passkey]");
  if (!form) { return; }
  var wrong = form.querySelector("[data-passkey-wrong]");
  if (!window.PublicKeyCredential || !navigator.credentials) {
    if (wrong) { wrong.hidden = false; }
    return;
  }

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (each) { return each.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = "";
    new Uint8Array(buffer).forEach(function (each) { plain += String.fromCharCode(each); });
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function ids(list) {
    return (list || []).map(function (each) { return Object.assign({}, each, { id: bytes(each.id) }); });
  }

  function asked(options) {
    var wanted = Object.assign({}, options.publicKey, { challenge: bytes(options.publicKey.challenge) });
    if (wanted.user) { wanted.user = Object.assign({}, wanted.user, { id: bytes(wanted.user.id) }); }
    if (wanted.excludeCredentials) { wanted.excludeCredentials = ids(wanted.excludeCredentials); }
    if (wanted.allowCredentials) { wanted.allowCredentials = ids(wanted.allowCredentials); }
    return { publicKey: wanted };
  }

  function told(found) {
    var said = { clientDataJSON: text(found.response.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (found.response[name]) { said[name] = text(found.response[name]); }
    });
    return JSON.stringify({ id: found.id, rawId: text(found.rawId), type: found.type, response: said, clientExtensionResults: {} });
  }

  form.hidden = false;
  form.addEventListener("submit", function (event) {
    var field = form.querySelector("input[name='answer']");
    if (field.value) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (wrong) { wrong.hidden = true; }
    var options = asked(JSON.parse(form.getAttribute("data-passkey")));
    var making = Boolean(options.publicKey.user);
    (making ? navigator.credentials.create(options) : navigator.credentials.get(options)).then(function (found) {
      field.value = told(found);
      form.submit();
    }).catch(function () { if (wrong) { wrong.hidden = false; } });
  }, true);
}());
