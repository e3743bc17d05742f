// Bigger letters and reading aloud, where the browser can. The page is whole without them.
(function () {
  "use strict";
  var big = document.querySelector("[data-big]");
  var read = document.querySelector("[data-read]");
  var root = document.documentElement;
  if (big) {
    big.hidden = false;
    big.addEventListener("click", function () {
      var on = root.classList.toggle("is-big");
      big.setAttribute("aria-pressed", on ? "true" : "false");
    });
  }
  // Sentence by sentence: long texts break off in some browsers. Without a voice the page says so.
  function sentences() {
    var all = document.querySelectorAll("main h1, main h2, main p, main li, main dt, main dd, main legend, main label"), found = [];
    Array.prototype.forEach.call(all, function (part) {
      if (part.querySelector("h1, h2, p, li, dl, label") || !part.offsetParent) { return; }
      part.innerText.split(/[。！？；\n]|\. /).forEach(function (words) { if (words.trim()) { found.push(words.trim()); } });
    });
    return found;
  }
  function aloud(voices) {
    var tongue = root.lang.slice(0, 2) === "zh" ? "zh-CN" : root.lang, words = read.lastChild, before = words.textContent, mute = document.querySelector("[data-mute]"), left = 0;
    function over() { left = 0; read.setAttribute("aria-pressed", "false"); words.textContent = before; }
    function none() { voices.cancel(); over(); mute.hidden = false; }
    function voice() { return voices.getVoices().filter(function (each) { return each.lang.slice(0, 2) === tongue.slice(0, 2); })[0]; }
    read.hidden = false;
    voices.getVoices(); // asks for the list, which comes late
    window.addEventListener("pagehide", function () { voices.cancel(); });
    read.addEventListener("click", function () {
      var parts = sentences(), started = false;
      mute.hidden = true;
      if (left) { over(); voices.cancel(); return; }
      left = parts.length;
      read.setAttribute("aria-pressed", "true");
      words.textContent = read.getAttribute("data-stop");
      parts.forEach(function (part) {
        var said = new window.SpeechSynthesisUtterance(part);
        said.lang = tongue; said.rate = 0.9;
        if (voice()) { said.voice = voice(); }
        said.onstart = function () { started = true; };
        said.onend = function () { left -= 1; if (left === 0) { over(); } };
        said.onerror = function (told) { if (!started && left && told.error !== "canceled" && told.error !== "interrupted") { none(); } };
        voices.speak(said);
      });
      window.setTimeout(function () { if (!started && left) { none(); } }, 2500);
    });
  }
  if (read && window.speechSynthesis && window.SpeechSynthesisUtterance) { aloud(window.speechSynthesis); }
  var wrong = document.querySelector(".wrong");
  if (wrong) { wrong.focus(); }
  // Files travel one by one and show how far they are: a broken line loses one at most, and what is left
  // goes on at the next press. Without script the form is sent as it is.
  function follow() {
    var form = document.querySelector("form[data-upload]");
    if (!form || !window.FormData || !window.XMLHttpRequest) { return; }
    var box = form.querySelector("[type=file]"), bar = form.querySelector("[data-progress]"), broken = form.querySelector("[data-broken]");
    var button = form.querySelector("[data-busy]"), left = [], all = 0, wrong = [];
    function show(answer) {
      var told = new DOMParser().parseFromString(answer, "text/html").querySelector("main");
      document.querySelector("main").replaceWith(told);
      var list = told.querySelector(".wrong");
      if (list) { wrong.forEach(function (words) { list.appendChild(words); }); } else if (wrong.length) { told.querySelector("h1").after.apply(told.querySelector("h1"), wrong); }
      (list || told).focus();
      follow();
    }
    function next() {
      var way = new XMLHttpRequest(), data = new FormData(), done = all - left.length;
      data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      data.append("files", left[0], left[0].name);
      way.upload.addEventListener("progress", function (told) { if (told.lengthComputable) { bar.value = 100 * (done + told.loaded / told.total) / all; } });
      way.addEventListener("load", function () {
        if (way.status >= 500) { stop(); return; }
        if (way.status === 403) { show(way.responseText); return; } // the session ended: nothing arrived
        left.shift();
        if (!left.length) { show(way.responseText); return; }
        new DOMParser().parseFromString(way.responseText, "text/html").querySelectorAll(".wrong p").forEach(function (words) { wrong.push(words); });
        next();
      });
      way.addEventListener("error", stop);
      way.open("POST", window.location.href);
      way.send(data);
    }
    function stop() {
      broken.hidden = false;
      button.disabled = false;
      button.textContent = button.getAttribute("data-again");
      button.focus();
    }
    form.addEventListener("submit", function (event) {
      if (!left.length) { left = Array.prototype.slice.call(box.files); all = left.length; }
      if (!left.length) { return; }
      event.preventDefault();
      bar.hidden = false; broken.hidden = true; button.disabled = true;
      button.textContent = button.getAttribute("data-busy");
      next();
    });
  }
  follow();
  // A name drawn by finger or mouse goes along as a picture; without script the code alone signs.
  function pad(box) {
    var sheet = box.querySelector("canvas"), kept = document.querySelector("[name=drawn]"), pen = sheet.getContext("2d"), down = false;
    function place(event) {
      var frame = sheet.getBoundingClientRect();
      return [(event.clientX - frame.left) * sheet.width / frame.width, (event.clientY - frame.top) * sheet.height / frame.height];
    }
    function wipe() {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, sheet.width, sheet.height);
      kept.value = "";
    }
    function lift() {
      if (down) { down = false; kept.value = sheet.toDataURL("image/png"); }
    }
    var before = kept.value;
    wipe();
    if (before) {
      var again = new Image();
      again.onload = function () { pen.drawImage(again, 0, 0); kept.value = before; };
      again.src = before;
    }
    pen.lineWidth = 6; pen.lineCap = "round"; pen.lineJoin = "round"; pen.strokeStyle = "#000";
    sheet.addEventListener("pointerdown", function (event) {
      var at = place(event);
      event.preventDefault();
      sheet.setPointerCapture(event.pointerId);
      down = true;
      pen.beginPath(); pen.moveTo(at[0], at[1]); pen.lineTo(at[0], at[1]); pen.stroke();
    });
    sheet.addEventListener("pointermove", function (event) {
      if (!down) { return; }
      var at = place(event);
      pen.lineTo(at[0], at[1]); pen.stroke();
    });
    sheet.addEventListener("pointerup", lift);
    sheet.addEventListener("pointercancel", lift);
    box.querySelector("[data-wipe]").addEventListener("click", wipe);
    box.hidden = false;
  }
  var drawn = document.querySelector("[data-pad]");
  if (drawn && window.PointerEvent) { pad(drawn); }
  var print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () { window.print(); });
  }
})();
