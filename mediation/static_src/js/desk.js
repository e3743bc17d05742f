// Small improvements of the staff pages. Every page works without them.
(function () {
  "use strict";
  var composing = false;
  document.addEventListener("compositionstart", function () { composing = true; });
  document.addEventListener("compositionend", function () { composing = false; });

  // While an input method is composing, half-typed text must not be sent.
  document.addEventListener("htmx:confirm", function (event) {
    if (composing) { event.preventDefault(); }
  });

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  function press(selector, event) {
    var button = document.querySelector(selector);
    if (!button) { return; }
    event.preventDefault();
    if (button.tagName === "INPUT") { button.focus(); button.select(); } else { button.click(); }
  }

  document.addEventListener("keydown", function (event) {
    if (composing || event.isComposing) { return; }
    if (event.key === "Enter" && event.ctrlKey) { press("[data-key='ctrl+enter']", event); return; }
    if (event.key === "F2") { press("[data-key='f2']", event); return; }
    if (event.altKey && /^[a-z]$/i.test(event.key)) { press("[data-key='alt+" + event.key.toLowerCase() + "']", event); return; }
    if (event.key === "/" && !typing(event.target) && !document.body.hasAttribute("data-no-keys")) { press("[data-key='/']", event); }
    if (event.key === "Escape") {
      document.querySelectorAll("details.person[open]").forEach(function (menu) { menu.removeAttribute("open"); });
    }
  });

  // The error summary takes the focus, so that a screen reader reads it first.
  var wrong = document.querySelector(".wrong");
  if (wrong) { wrong.focus(); }

  // A form is sent once: the words change, the width does not.
  document.addEventListener("submit", function (event) {
    var button = event.submitter || event.target.querySelector("[data-busy]");
    if (!button || !button.hasAttribute("data-busy")) { return; }
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    button.style.minWidth = button.offsetWidth + "px";
    button.textContent = button.getAttribute("data-busy");
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { window.location.reload(); } });

  // The chosen answer is marked along its whole row.
  function mark() {
    document.querySelectorAll(".choice").forEach(function (row) {
      row.classList.toggle("is-chosen", row.querySelector("input[type=radio]").checked);
    });
  }
  document.addEventListener("change", function (event) { if (event.target.closest(".choice")) { mark(); } });
  if (document.querySelector(".choice")) { mark(); }

  // What belongs to another answer is put away: "result=PARTLY WITHDRAWN" or "result!=NOT_HELD".
  function answer(form, name) {
    var box = form.querySelector("select[name='" + name + "'], input[name='" + name + "']:checked");
    return box ? box.value : "";
  }
  function fit() {
    document.querySelectorAll("[data-when]").forEach(function (part) {
      var told = /^(\w+)(!?)=(.*)$/.exec(part.getAttribute("data-when"));
      var named = told[3].split(" ").indexOf(answer(part.closest("form"), told[1])) >= 0;
      part.hidden = told[2] ? named : !named;
    });
    document.querySelectorAll(".form-parts > section").forEach(function (part) {
      part.hidden = !part.querySelector(".field:not([hidden])");
    });
  }
  if (document.querySelector("[data-when]")) { fit(); document.addEventListener("change", fit); }

  // A ready sentence goes where the cursor stands; it counts as typed, so it is kept like the rest.
  document.querySelectorAll("[data-insert]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var box = document.getElementById(button.getAttribute("data-insert"));
      var before = box.value.slice(0, box.selectionStart), after = box.value.slice(box.selectionEnd);
      var text = (before && !/\n$/.test(before) ? "\n" : "") + button.nextElementSibling.textContent;
      box.value = before + text + after;
      box.focus();
      box.setSelectionRange(before.length + text.length, before.length + text.length);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });

  // Repairs offered beside an error: a press fills the field.
  document.addEventListener("click", function (event) {
    var repair = event.target.closest("[data-fill]");
    if (!repair) { return; }
    var field = document.getElementById(repair.getAttribute("data-for"));
    if (field) { field.value = repair.getAttribute("data-fill"); field.focus(); }
  });
  // Who opens a step says so to the desk: colleagues read it in their list.
  var step = document.querySelector("form[data-held]");
  if (step && window.fetch) {
    fetch(step.getAttribute("data-held"), { method: "POST", credentials: "same-origin", body: new URLSearchParams({ csrfmiddlewaretoken: step.querySelector("[name=csrfmiddlewaretoken]").value }) }).catch(function () { return null; });
  }

  // The bar for several rows comes when one is ticked, and counts them.
  var bulk = document.querySelector("[data-bulk]");
  function count() {
    var said = bulk.querySelector("[data-ticked]"), n = document.querySelectorAll("[data-tick]:checked").length;
    bulk.hidden = n === 0;
    said.textContent = n === 1 ? said.getAttribute("data-one") : said.getAttribute("data-many").replace("N", n);
  }
  if (bulk) { count(); document.addEventListener("change", function (event) { if (event.target.matches("[data-tick]")) { count(); } }); }
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
