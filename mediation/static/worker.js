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
  if (read && window.speechSynthesis && window.SpeechSynthesisUtterance) {
    read.hidden = false;
    read.addEventListener("click", function () {
      if (window.speechSynthesis.speaking) { window.speechSynthesis.cancel(); return; }
      var words = new window.SpeechSynthesisUtterance(document.querySelector("main").innerText);
      words.lang = root.lang || "zh-CN";
      words.rate = 0.9;
      window.speechSynthesis.speak(words);
    });
  }
  var wrong = document.querySelector(".wrong");
  if (wrong) { wrong.focus(); }
  // A file that travels shows how far it is; without script the form is sent as it is.
  function follow() {
    var sending = document.querySelector("form[data-upload]");
    if (!sending || !window.FormData || !window.XMLHttpRequest) { return; }
    sending.addEventListener("submit", function (event) {
      event.preventDefault();
      var bar = sending.querySelector("[data-progress]"), button = sending.querySelector("[data-busy]");
      var words = button.textContent, way = new XMLHttpRequest();
      bar.hidden = false;
      button.disabled = true;
      button.textContent = button.getAttribute("data-busy");
      way.upload.addEventListener("progress", function (told) { if (told.lengthComputable) { bar.value = 100 * told.loaded / told.total; } });
      way.addEventListener("load", function () {
        var told = new DOMParser().parseFromString(way.responseText, "text/html").querySelector("main");
        document.querySelector("main").replaceWith(told);
        told.focus();
        follow();
      });
      way.addEventListener("error", function () { bar.hidden = true; button.disabled = false; button.textContent = words; });
      way.open("POST", window.location.href);
      way.send(new FormData(sending));
    });
  }
  follow();
  var print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () { window.print(); });
  }
})();
