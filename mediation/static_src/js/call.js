// The new call by keyboard: from part to part, and from the number to the person it belongs to.
(function () {
  "use strict";
  var next = document.querySelector("[data-next-part]");
  if (!next) { return; }

  // A number that the switchboard put into the address leaves it at once.
  if (/[?&]phone=/.test(window.location.search)) { window.history.replaceState(null, "", window.location.pathname); }

  function first(part) { return part.querySelector("input:not([type=hidden]), select, textarea"); }

  next.addEventListener("click", function () {
    var parts = Array.prototype.slice.call(document.querySelectorAll("[data-part]"));
    var here = parts.filter(function (part) { return part.contains(document.activeElement) || part.dataset.here; })[0];
    var at = parts.indexOf(here);
    parts.forEach(function (part) { delete part.dataset.here; });
    var there = parts[(at + 1) % parts.length];
    there.dataset.here = "1";
    first(there).focus();
  });
  document.addEventListener("focusin", function (event) {
    var part = event.target.closest("[data-part]");
    if (!part) { return; }
    document.querySelectorAll("[data-part]").forEach(function (each) { delete each.dataset.here; });
    part.dataset.here = "1";
  });

  // Down from the number or the name: to the people who fit; up and down among them; Enter takes one.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") { return; }
    var people = Array.prototype.slice.call(document.querySelectorAll("[data-candidate]"));
    var at = people.indexOf(document.activeElement);
    if (at < 0 && !/^(phone|name)$/.test(event.target.name || "")) { return; }
    var there = people[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (there) { event.preventDefault(); there.focus(); }
  });

  // A sum that was worked out becomes a claim: in its own row if taken before, else in a free one, else it is told.
  function box(row, part) { return document.querySelector("[name='claims-" + row + "-" + part + "']"); }
  function rowFor(item) {
    var free = -1;
    for (var row = 0; box(row, "amount_yuan"); row += 1) {
      if (box(row, "item").value === item) { return row; }
      if (free < 0 && !box(row, "item").value.trim() && !box(row, "amount_yuan").value.trim()) { free = row; }
    }
    return free;
  }
  function claim(row, take) {
    if (!box(row, "code").value) { box(row, "code").value = document.querySelector("[name=cause]").value; }
    box(row, "item").value = take.dataset.item;
    box(row, "amount_yuan").value = take.dataset.yuan;
    return box(row, "amount_yuan");
  }
  function tell(words) {
    var facts = document.querySelector("[name=facts]");
    if (facts.value.indexOf(words) < 0) { facts.value += (facts.value && !/\n$/.test(facts.value) ? "\n" : "") + words; }
    return facts;
  }
  document.addEventListener("click", function (event) {
    var take = event.target.closest("[data-take]");
    if (event.target.closest("[data-put-away]")) { document.getElementById("calculator").replaceChildren(); document.querySelector("[name=facts]").focus(); }
    if (!take) { return; }
    var row = take.dataset.yuan ? rowFor(take.dataset.item) : -1;
    var there = row < 0 ? tell(take.dataset.words) : claim(row, take);
    there.focus();
    there.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
