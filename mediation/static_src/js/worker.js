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
  var print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () { window.print(); });
  }
})();
