// Keeps what is typed on the server: at most a second and a half is lost when a tab dies.
(function () {
  "use strict";
  var form = document.querySelector("form[data-draft]");
  var mark = document.querySelector("[data-mark]");
  if (!form || !window.fetch || !window.URLSearchParams) { return; }
  var PAUSE = 800, LONGEST = 1400, AGAIN = 3000;
  var timer = 0, since = 0, busy = false, dirty = false, over = false;

  function field(name) { return form.querySelector("[name='" + name + "']"); }

  function say(word, more) {
    if (!mark) { return; }
    mark.querySelector("[data-words]").textContent = mark.getAttribute("data-" + word) + (more ? " " + more : "");
    mark.classList.toggle("mark-saved--lost", word !== "saved" && word !== "saving");
    if (word === "lost" || word === "out" || word === "other") { mark.setAttribute("role", "alert"); } else { mark.removeAttribute("role"); }
  }

  function typed() {
    var body = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { if (typeof value === "string") { body.append(name, value); } });
    return body;
  }

  function remember() {
    var key = field("draft_key").value;
    if (window.location.search || !/^[0-9a-f]{8}$/.test(key)) { return; }
    window.history.replaceState(null, "", "?draft=" + key);
  }

  // After a log-in in another tab the page's token is stale: the same page brings a new one.
  function renew() {
    return fetch(window.location.href, { credentials: "same-origin" }).then(function (answer) { return answer.text(); }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html");
      var author = fresh.querySelector("[name=draft_author]"), token = fresh.querySelector("[name=csrfmiddlewaretoken]");
      if (!author || author.value !== field("draft_author").value) { over = true; say("other"); return; }
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (each) { each.value = token.value; });
      later(0);
    });
  }

  function understand(answer) {
    if (answer.type === "opaqueredirect") { say("out"); return null; }
    if (answer.status === 403) { return renew(); }
    if (answer.status === 409) { over = true; say("other"); return null; }
    if (answer.status === 410) { over = true; return null; }
    if (answer.status === 413) { say("long"); return null; }
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json().then(function (told) { remember(); say("saved", told.saved_at); });
  }

  function save(leaving) {
    window.clearTimeout(timer);
    timer = 0;
    since = 0;
    if (over || form.dataset.sent) { return; }
    if (busy && !leaving) { dirty = true; return; }
    busy = true;
    dirty = false;
    say("saving");
    fetch(form.getAttribute("data-draft"), { method: "POST", body: typed(), credentials: "same-origin", redirect: "manual", keepalive: Boolean(leaving) })
      .then(understand)
      .catch(function () { say("lost"); later(AGAIN); })
      .then(function () { busy = false; if (dirty) { later(0); } });
  }

  function later(wait) {
    var now = Date.now();
    since = since || now;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, Math.max(0, Math.min(wait, since + LONGEST - now)));
  }

  function changed(event) { if (event.target.name && event.target.form === form) { later(PAUSE); } }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden" && (timer || dirty)) { save(true); } });
  window.addEventListener("pagehide", function () { if (timer || dirty) { save(true); } });
})();
