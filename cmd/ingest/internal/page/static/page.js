// Adds to pages that work without it: times in the reader's zone, and progress
// without loading the page again. See doc.go.
"use strict";
(() => {
  const pollEvery = 2000; // milliseconds; what the page does by itself without a script

  // Times.
  const zone = new Intl.DateTimeFormat("en", { timeZoneName: "short" });
  const two = (n) => String(n).padStart(2, "0");
  function localise(root) {
    for (const time of root.querySelectorAll("time")) {
      const at = new Date(time.dateTime);
      if (isNaN(at)) continue;
      time.title = time.title || time.textContent;
      time.textContent = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
    }
  }
  function nameZone() {
    const part = zone.formatToParts(new Date()).find((p) => p.type === "timeZoneName");
    const where = document.querySelector("[data-zone]");
    if (part && where) where.textContent = `Times are in your zone, ${part.value}.`;
  }

  // The page as the server has it now.
  const parts = () => [...document.querySelectorAll("[data-part]")];
  const named = (root, name) => root.querySelector(`[data-part="${name}"]`);
  async function fetchPage(address, options) {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin", ...options });
    if (new URL(answer.url).pathname === "/login") {
      location.reload(); // the session ended: the server leads to the login and back
      return new Promise(() => {});
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { page, ok: answer.ok, address: answer.url };
  }
  function put(page, only) {
    for (const old of parts()) {
      if (only && old.dataset.part !== only) continue;
      const fresh = named(page, old.dataset.part);
      if (!fresh) continue;
      localise(fresh);
      if (fresh.outerHTML !== old.outerHTML && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(fresh));
    }
  }
  const waiting = (root) => root.querySelector("[data-part][data-waits]") !== null;
  const said = (root) => root.querySelector("[data-part][data-say]")?.dataset.say || "";

  // Progress.
  const live = document.querySelector("[data-live]");
  const list = document.querySelector("[data-list]");
  const entry = Number(document.querySelector("[data-entry]")?.dataset.entry || 0);
  const words = JSON.parse(live?.dataset.steps || "{}");
  let stream, timer;
  let turn = 0; // counts the refreshes and their ends: a look of an earlier one says nothing
  function say(text) {
    if (live && live.textContent !== text) live.textContent = text;
  }
  function step(name) {
    const word = words[name] || name;
    say(word + "…");
    const last = list.lastElementChild;
    if (last && last.textContent === word) return;
    if (last) last.className = "done";
    const item = document.createElement("li");
    item.className = "now";
    item.textContent = word;
    list.append(item);
  }
  function heard(message) {
    let event;
    try { event = JSON.parse(message.data); } catch { return; }
    if (event.work_package === entry && event.type === "step") step(event.step);
    if (event.work_package === entry && event.type === "item" && timer) look();
  }
  function listen() {
    if (stream || !entry || !window.EventSource) return;
    stream = new EventSource("/api/v1/events");
    for (const type of ["message", "step", "item"]) stream.addEventListener(type, heard);
    stream.onerror = () => { if (stream && stream.readyState === EventSource.CLOSED) stream = undefined; };
  }
  function rest() {
    turn++;
    clearTimeout(timer);
    timer = undefined;
    stream?.close();
    stream = undefined;
    if (list?.lastElementChild) list.lastElementChild.className = "done";
    button?.removeAttribute("aria-disabled");
  }
  function progress(page) {
    if (!list?.children.length) say(said(page) + "…");
    put(page, entry ? "refresh" : undefined);
  }
  function end(page) {
    rest();
    const text = said(page);
    put(page);
    say(text);
  }
  async function look() {
    const mine = turn;
    clearTimeout(timer);
    timer = setTimeout(look, pollEvery);
    try {
      const { page, ok } = await fetchPage(location.href);
      if (!ok || mine !== turn) return;
      if (waiting(page)) {
        progress(page);
        return;
      }
      end(page);
    } catch { /* the next look may reach the service */ }
  }
  function watch() {
    listen();
    clearTimeout(timer);
    timer = setTimeout(look, pollEvery);
  }

  // The button.
  const form = document.querySelector("form[data-refresh]");
  const button = form?.querySelector("button");
  form?.addEventListener("submit", async (submit) => {
    submit.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    rest();
    button.setAttribute("aria-disabled", "true");
    list.replaceChildren();
    say("Asking…");
    listen();
    try {
      const { page, ok, address } = await fetchPage(form.action, { method: "POST" });
      if (!ok) {
        rest();
        say([...page.querySelectorAll("main h1, main p:not(:last-child)")].map((e) => e.textContent.trim()).join(". "));
        return;
      }
      history.replaceState(null, "", address);
      if (waiting(page)) {
        progress(page);
        watch();
        return;
      }
      end(page);
    } catch {
      rest();
      say("The service could not be reached. Try again.");
    }
  });

  localise(document);
  nameZone();
  if (waiting(document)) watch();
})();
