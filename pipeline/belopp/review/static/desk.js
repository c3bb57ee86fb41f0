// The desk's keys: what a reviewer sees changes at once, is saved in turn, and is put right by what the server answers.
"use strict";

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

const isTyping = (target) => target.closest && target.closest("input, select, textarea") !== null;
const isTypingText = (target) => isTyping(target) && !["checkbox", "radio"].includes(target.type);
const EDGES = "[]{}";
const isShortcut = (event) => !event.isComposing && !event.metaKey && (EDGES.includes(event.key) || (!event.ctrlKey && !event.altKey))
  && (keysOn || event.key.length > 1); // Escape and the arrows are no characters

// ------------------------------------------------------------------------------------------------- keys on or off

// Single keys get in the way of those who speak to their computer: with them off, buttons and Tab do everything.
let keysOn = document.documentElement.dataset.keys !== "off";

function switchKeys() {
  keysOn = !keysOn;
  document.documentElement.dataset.keys = keysOn ? "on" : "off";
  document.cookie = `belopp-keys=${keysOn ? "on" : "off"}; path=/; max-age=31536000; samesite=strict`;
  for (const each of $$("[data-keys-switch]")) each.setAttribute("aria-checked", String(keysOn));
}

for (const each of $$("[data-keys-switch]")) each.addEventListener("click", switchKeys);

// ------------------------------------------------------------------------------------------------- language

// The other language shows the same: the sum and the filters that stand in the address by now. The choice is remembered.
function keepAddress(event) {
  const address = new URL(location.href);
  address.searchParams.set("lang", event.currentTarget.hreflang);
  event.currentTarget.href = address.href;
}

$("a[hreflang]").addEventListener("click", keepAddress);
{
  const address = new URL(location.href);
  address.searchParams.delete("lang");
  history.replaceState(null, "", address);
}

// ------------------------------------------------------------------------------------------------- help

const help = $("#help");

function showHelp() {
  if (help.open) {
    closeHelp();
    return;
  }
  help.show();
  if (typeof explain === "function" && desk) explain();
}

function closeHelp() {
  help.close();
  clearCues();
}

$("#help-open").addEventListener("click", showHelp);
help.addEventListener("close", () => clearCues());

// ------------------------------------------------------------------------------------------------ lists

const LISTS = { q: "/", c: "/changes", f: "/figures" };
const links = () => $$("#queue .item a, [data-step]");

function listKeys(event) {
  const steps = links();
  const at = steps.indexOf(document.activeElement);
  if (event.key === "Escape" && isTyping(event.target)) {
    (steps[0] || $("#content")).focus();
  } else if (isTypingText(event.target) || !isShortcut(event)) {
    return;
  } else if (event.key === "j" || event.key === "k") {
    const to = steps[Math.max(0, Math.min(steps.length - 1, at + (event.key === "j" ? 1 : -1)))];
    if (to) to.focus();
  } else if (event.key === "n") { // of the queue the first; of the differences the one after that which was looked at
    ($("#queue") ? steps[0] : steps[at + 1] || $(".pages [rel=next]"))?.click();
  } else if (event.key === "/") {
    $("#filters input:not([type=hidden])")?.focus();
  } else if (event.key in LISTS) {
    location.assign(LISTS[event.key]);
  } else if (event.key === "?") {
    showHelp();
  } else if (event.key === "Escape") {
    closeHelp();
  } else {
    return;
  }
  event.preventDefault();
}

// From a document the way back leads to the list that it was opened from, and to the place in it.
function keepPlace(event) {
  const link = event.target.closest("a");
  if (!link || !links().includes(link)) return;
  sessionStorage.setItem("belopp-list", location.pathname + location.search);
  sessionStorage.setItem("belopp-at", link.getAttribute("href"));
}

function takePlace() {
  if (location.hash === "#find") $("#filters input:not([type=hidden])")?.focus();
  else if (!$("#queue")) links().find((link) => link.getAttribute("href") === sessionStorage.getItem("belopp-at"))?.focus();
}

// ------------------------------------------------------------------------------------------------- desk

const desk = $("main.desk");
const words = desk ? JSON.parse(desk.dataset.words) : {};
const cards = new Map();
let current = "";
let shown = "gold"; // which side of a row that differs is looked at
let picking = null;
let atEnd = false; // the last sum was decided: what is said of that stays when the decision is saved

const item = (id) => document.getElementById(`card-${id}`);
const mark = (id) => $$(`#text mark[data-id="${id}"]`); // an id is r or g, and two numbers
const items = () => [...$("#cards").children];

function card(id) {
  if (!cards.has(id) && item(id)) cards.set(id, JSON.parse(item(id).dataset.card));
  return cards.get(id);
}

const STATES = ["open", "extra", "missed", "agreed", "differs", "rejected"];

// A sum in the list. Its data-card is what the server said last; what is shown may be ahead of that.
function entry(line) {
  const it = JSON.parse(line);
  const made = make("li", { class: "card", id: `card-${it.id}`, "data-id": it.id, "data-card": line });
  cards.set(it.id, it);
  made.append(make("button", { type: "button", class: "pick" }));
  fill(made, it);
  return made;
}

const isolated = (text) => make("bdi", {}, text);
const chip = (kind, text) => make("span", { class: `chip ${kind}` }, text);

function fill(made, it) {
  const { cells } = it;
  const look = it.state === "rejected" ? "rejected" : it.decided || it.state;
  const kind = [words[cells.kind], cells.status && words[`status.${cells.status}`], cells.change && words[cells.change]];
  const says = [make("span", {}, kind.filter(Boolean).join(" · "))];
  const names = (field) => (cells[field] || "").replaceAll("|", ", ");
  if (cells.payer || cells.recipient) {
    says.push(isolated((names("payer") || "–") + (cells.recipient ? ` → ${names("recipient")}` : "")));
  }
  if (cells.area) says.push(isolated(cells.area));
  if (cells.period) says.push(make("span", {}, names("period")));
  if (it.part[1]) says.push(make("span", {}, "↳ ", isolated(it.part[1])));
  if (it.same[1]) says.push(make("span", {}, "= ", isolated(it.same[1])));
  const chips = [chip(`look-${look}`, words[look])];
  if (it.verdict) chips.push(chip(`v-${it.verdict}`, words[`verdict.${it.verdict}`]));
  for (const column of it.differs) chips.push(chip("diff", words[column]));
  made.className = `card rank${it.rank} k-${cells.kind} st-${it.state}${it.decided ? " decided" : ""}`;
  made.firstChild.replaceChildren(make("span", { class: `sum k-${cells.kind}` }, isolated(it.text)),
    make("span", { class: "worth" }, told(it, "value", cells)), make("span", { class: "says" }, ...says),
    make("span", { class: "chips" }, ...chips));
}

function say(text, kind = "") {
  const place = $("#say");
  place.textContent = text;
  place.className = kind;
}

// The chosen sum in words, for those who hear the page: its place among the others, its row, and what is weak about it.
function tell(id) {
  const it = card(id);
  const all = items();
  const place = `${all.indexOf(item(id)) + 1} ${words.of} ${all.length}`;
  const parts = $$(".sum, .worth, .says > *, .chip", item(id)).map((part) => part.textContent);
  const weak = it.decided || !it.weak.length ? [] : [`${words.weak}: ${it.weak.map((column) => words[column]).join(", ")}`];
  $("#heard").textContent = [place, ...parts.filter(Boolean), ...weak].join(", ");
}

function select(id, { scroll = true } = {}) {
  if (!item(id)) return;
  atEnd = false;
  if (current && current !== id) dress(current, false);
  if (current !== id) shown = "gold";
  const anew = current !== id;
  current = id;
  dress(id, true);
  inspect();
  if (anew) tell(id);
  if (scroll) {
    const [first] = mark(id);
    if (first) intoView(first, $("#text"));
    intoView(item(id), $("#cards"));
  }
  join();
  const address = new URL(location.href);
  address.search = new URLSearchParams({ row: id });
  history.replaceState(null, "", address);
  if (help.open) explain();
}

// Of a pane that scrolls by itself, that pane alone; else the page, for the text and not for the list beneath it.
function intoView(element, pane) {
  alongTable(element);
  const scrolls = getComputedStyle(pane).overflowY === "auto";
  const box = element.getBoundingClientRect();
  if (scrolls) {
    const frame = pane.getBoundingClientRect();
    if (box.top < frame.top + 60 || box.bottom > frame.bottom - 60) {
      pane.scrollTop += box.top - frame.top - frame.height / 3;
    }
  } else if (pane.id === "text" && (box.top < 90 || box.bottom > innerHeight * 0.5)) {
    scrollBy(0, box.top - innerHeight / 4);
  }
}

// Of a table that is wider than the window, the columns around the sum.
function alongTable(element) {
  const table = element.closest(".scroll");
  if (!table) return;
  const box = element.getBoundingClientRect();
  const frame = table.getBoundingClientRect();
  const label = element.closest("tr").firstElementChild;
  const stays = getComputedStyle(label).position === "sticky" && !label.contains(element);
  const left = frame.left + (stays ? label.offsetWidth : 0); // the row's label stays where the rest is scrolled
  if (box.left < left + 20 || box.right > frame.right - 20) table.scrollLeft += box.left - left - (frame.right - left) / 3;
}

// The looks of a sum in the text and in the list, as its card says.
function dress(id, isCurrent = id === current) {
  const it = card(id);
  const listed = item(id);
  if (!it || !listed) return;
  for (const element of [listed, ...mark(id)]) {
    for (const kind of ["funding", "rate", "other"]) element.classList.toggle(`k-${kind}`, it.cells.kind === kind);
    for (const state of STATES) {
      element.classList.toggle(`st-${state}`, it.state === state);
    }
    element.classList.toggle("decided", Boolean(it.decided));
    element.classList.toggle("current", isCurrent);
  }
  if (isCurrent) listed.setAttribute("aria-current", "true");
  else listed.removeAttribute("aria-current");
}

// -------------------------------------------------------------------------------------------- inspector

const FIELDS = [
  ["value", "e"], ["kind", "1–3"], ["status", "4–7"], ["change", "8 9 0"], ["payer", "y"], ["recipient", "r"],
  ["area", "t"], ["period", "d"], ["per", "i"], ["modifier", "h"], ["vat", "v"], ["part_of", "p"], ["same_as", "s"],
];
const COLUMN_KEYS = { y: "payer", r: "recipient", t: "area", d: "period", i: "per", h: "modifier", v: "vat", c: "currency" };

function grouped(text) {
  const [whole, fraction] = text.split(".");
  const point = desk.dataset.language === "sv" ? "," : ".";
  return whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0") + (fraction ? point + fraction : "");
}

function told(it, field, cells) {
  if (field === "value") {
    const { low, high, currency } = cells;
    const unit = currency === "SEK" && desk.dataset.language === "sv" ? "kr" : currency;
    return `${low === high ? grouped(low) : `${grouped(low)}–${grouped(high)}`}\u00a0${unit}`;
  }
  if (field === "part_of") return cells.part_of ? it.part[1] || cells.part_of : "";
  if (field === "same_as") return cells.same_as ? it.same[1] || cells.same_as : "";
  const value = cells[field] || "";
  if (field === "status" && value) return words[`status.${value}`];
  if (["payer", "recipient", "area", "period"].includes(field)) return value.replaceAll("|", ", ");
  return value ? words[value] || value : "";
}

function sides(it) {
  const gold = it.cells;
  const run = { ...it.cells };
  for (const column of it.differs) run[column] = it.run[column];
  return shown === "run" ? [run, gold] : [gold, run];
}

function inspect() {
  const place = $("#inspector");
  const it = card(current);
  place.hidden = !items().length;
  if (!it) {
    place.replaceChildren(words.choose_row);
    return;
  }
  const [here, there] = sides(it);
  const rows = FIELDS.map(([field, key]) => {
    const columns = field === "value" ? ["low", "high", "currency"] : [field];
    const differs = columns.some((column) => it.differs.includes(column));
    const value = told(it, field, here);
    const line = make("div", { class: `${differs ? "differs" : ""} ${it.weak.includes(field) ? "weak" : ""}` });
    const second = differs ? make("span", { class: "other" }, `${words[shown === "run" ? "gold" : "run"]}: `,
      make("bdi", {}, told(it, field, there) || "–")) : null;
    const doubt = it.weak.includes(field) && !it.decided ? make("span", { class: "chip weak" }, words.weak) : null;
    const heard = [`${words[field]}: ${value || words.empty_cell}`, doubt?.textContent, second?.textContent].filter(Boolean);
    const button = make("button", { type: "button", "data-field": field, "aria-label": heard.join(", ") },
      make("bdi", {}, value || "–"));
    line.append(make("dt", {}, words[field], " ", make("kbd", {}, key)), make("dd", {}, button, doubt || "", second || ""));
    return line;
  });
  const state = it.state === "rejected" ? "rejected" : it.decided || it.state;
  const head = make("p", { class: "head" }, make("span", { class: `sum k-${here.kind}` }, make("bdi", {}, it.text)), " ",
    make("span", { class: `chip look-${state}` }, words[state]));
  if (it.verdict) head.append(" ", make("span", { class: `chip v-${it.verdict}` }, words[`verdict.${it.verdict}`]));
  if (it.differs.length && it.run) head.append(" ", make("span", { class: "chip diff" }, words[`say.${shown}`]));
  const edges = [["[", "start.back"], ["{", "start.on"], ["}", "end.back"], ["]", "end.on"]].map(([key, name]) =>
    make("button", { type: "button", "data-edge": key, "aria-label": words[name], title: words[name] }, EDGE_SIGNS[key]));
  const money = make("button", { type: "button", "data-field": "currency" }, words.currency, " ", make("kbd", {}, "c"));
  const focused = place.contains(document.activeElement) ? { ...document.activeElement.dataset } : null;
  place.replaceChildren(head, make("p", { class: "edges" }, `${words.span} `, ...edges, money), make("dl", { class: "fields" }, ...rows));
  if (focused) $(focused.edge ? `[data-edge="${focused.edge}"]` : `[data-field="${focused.field}"]`, place)?.focus();
}

const EDGE_SIGNS = { "[": "⇤ [", "{": "{ ⇥", "}": "⇤ }", "]": "] ⇥" };

// ------------------------------------------------------------------------- places in the text (code points)

const points = (text) => (/[\ud800-\udfff]/.test(text) ? [...text].length : text.length);
const units = (text, count) => (/[\ud800-\udfff]/.test(text) ? [...text].slice(0, count).join("").length : count);

// A piece is what is seen of a stretch of the text: its own words, or others (data-n: how long the stretch is).
const startOf = (piece) => Number(piece.dataset.o);
const lengthOf = (piece) => Number(piece.dataset.n ?? points(piece.textContent));

function placeIn(piece, at) {
  const { length } = piece.textContent;
  if (at >= length) return startOf(piece) + lengthOf(piece);
  return startOf(piece) + (piece.dataset.n ? 0 : points(piece.textContent.slice(0, at)));
}

function offsetOf(node, at) {
  let piece = node.nodeType === Node.TEXT_NODE ? node.parentElement.closest("[data-o]") : null;
  if (piece) return placeIn(piece, at);
  const before = node.childNodes[at - 1];
  piece = before && before.nodeType === Node.ELEMENT_NODE ? $$("[data-o]", before).at(-1) || before.closest("[data-o]") : null;
  if (piece) return startOf(piece) + lengthOf(piece);
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  piece = element.closest("[data-o]") || $("[data-o]", element);
  return piece ? startOf(piece) : null;
}

function rangesOf(start, end) {
  const ranges = [];
  for (const piece of $$("#text [data-o]")) {
    const first = startOf(piece);
    const node = piece.firstChild;
    if (first >= end || !node) continue;
    const length = lengthOf(piece);
    if (first + length <= start) continue;
    const range = new Range();
    range.setStart(node, piece.dataset.n ? 0 : units(node.data, Math.max(0, start - first)));
    range.setEnd(node, piece.dataset.n ? node.length : units(node.data, Math.min(length, end - first)));
    ranges.push(range);
  }
  return ranges;
}

// The words of some pieces as one, and where in the text a part of them stands.
function joined(pieces) {
  let text = "";
  const places = pieces.map((piece) => {
    const from = text.length;
    text += piece.textContent;
    return { piece, from, to: text.length };
  });
  const span = (from, to) => {
    const first = places.find((place) => from < place.to);
    const last = places.findLast((place) => place.from < to);
    return { start: placeIn(first.piece, from - first.from), end: placeIn(last.piece, to - last.from) };
  };
  return { text, span };
}

const TOKEN = /[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu;

function tokens(element) {
  const { text, span } = joined($$("[data-o]", element));
  return [...text.matchAll(TOKEN)].map((found) => ({ ...span(found.index, found.index + found[0].length), text: found[0] }));
}

// What is selected in the text, made whole tokens.
function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!$("#text").contains(range.commonAncestorContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  const blocks = $$("#text .b").filter((block) => range.intersectsNode(block));
  const held = blocks.flatMap(tokens).filter((token) => token.start < end && start < token.end);
  if (!held.length) return null;
  return { start: held[0].start, end: held.at(-1).end };
}

function snap() {
  const span = selected();
  if (!span) return;
  const ranges = rangesOf(span.start, span.end);
  const selection = getSelection();
  if (!ranges.length) return;
  const [first, last] = [ranges[0], ranges.at(-1)];
  selection.setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
}

const wordsOf = (span) => rangesOf(span.start, span.end).map(String).join("").replace(/\s+/g, " ").trim();

// ------------------------------------------------------------------------------------------------ saving

const pending = [];
let saving = null;
let mine = []; // for each decision of this page's: the rows that it was about, as they were shown before
let undoable = desk ? JSON.parse(desk.dataset.undo) : []; // what undo shows of a decision from before this page

function send(wish, id = "", about = id ? [id] : []) {
  const before = about.map((each) => card(each));
  if (wish.do !== "undo") mine.push(before);
  pending.push({ wish, id, before });
  if (!saving) saving = drain().finally(() => { saving = null; });
  return saving;
}

async function drain() {
  document.body.classList.add("saving");
  while (pending.length) {
    const { wish, id, before } = pending[0];
    const body = id ? { ...wish, row: id, rev: JSON.parse(item(id)?.dataset.card || "{}").rev } : wish;
    try {
      const answer = await fetch(`/d/${desk.dataset.key}/decide`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
      });
      const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : { message: refused(answer.status) };
      pending.shift();
      take(answer, told, wish, before);
    } catch {
      const lost = pending.splice(0);
      for (const each of lost) forget(each.before, each.wish);
      say(words["say.offline"], "bad");
    }
  }
  document.body.classList.remove("saving");
}

// Why a decision was not even looked at: an answer of 403 is that of a desk opened anew, with another token.
const refused = (status) => words[status === 403 ? "say.stranger" : "say.refused"].replace("{status}", status);

function take(answer, told, wish, before) {
  if (answer.status === 409) { // all that there is comes anew
    const there = new Set(told.cards.map((each) => each.id));
    told.gone = items().map((each) => each.dataset.id).filter((each) => !there.has(each));
  }
  if (told.cards) apply(told);
  if (!answer.ok || !told.noted) forget(before, wish);
  else if (wish.do === "undo") before.forEach(({ id }) => restore(id));
  if (answer.ok) {
    const also = told.carried ? ` · ${words["say.carried"].replace("{count}", told.carried)}` : "";
    const end = atEnd && ["accept", "reject"].includes(wish.do) && !pending.length ? ` · ${words["say.last"]}` : "";
    say((wish.do === "undo" ? words["say.undone"] : wish.do === "rest" ? words["say.whole"] : words["say.saved"]) + also + end, "good");
    if (wish.do === "add" && told.cards.length) select(told.cards.at(-1).id);
    if (wish.do === "undo" && !before.length && told.cards.length) select(told.cards.at(-1).id);
    return;
  }
  say(answer.status === 409 ? `${words["say.conflict"]}: ${told.message}` : told.message, "bad");
  if (answer.status === 409) before.forEach(({ id }) => item(id)?.classList.add("conflict"));
}

// A decision that came to nothing.
function forget(before, wish) {
  if (wish.do === "undo") mine = [];
  else mine = mine.filter((each) => each !== before);
  before.forEach(({ id }) => restore(id));
}

function restore(id) {
  if (!item(id) || pending.some((each) => each.before.some((one) => one.id === id))) return;
  show(id, JSON.parse(item(id).dataset.card));
}

function apply(told) {
  const waiting = new Map(pending.flatMap((each) => each.before).map(({ id }) => [id, card(id)]));
  undoable = told.undo;
  for (const id of told.gone) {
    item(id)?.remove();
    cards.delete(id);
  }
  for (const { id, before, card: line } of told.cards) {
    item(id)?.remove();
    $("#cards").insertBefore(entry(line), before ? item(before) : null);
    if (waiting.has(id)) show(id, waiting.get(id)); // more is on its way
  }
  for (const [index, html] of Object.entries(told.blocks)) {
    const block = document.getElementById(`b${index}`);
    if (block) block.innerHTML = html; // the server's own markup, escaped; the page runs no script within
  }
  if (told.tree !== null) $("#tree").innerHTML = told.tree;
  $("#left").textContent = grouped(String(told.left));
  $("#all").textContent = grouped(String(items().length));
  for (const { id } of told.cards) dress(id);
  if (!item(current)) current = items()[0]?.dataset.id || "";
  dress(current, true);
  inspect();
  join();
}

// ---------------------------------------------------------------------------------------------- decisions

function foresee(id, change) {
  const it = card(id);
  show(id, { ...it, ...change, cells: { ...it.cells, ...change.cells } });
}

function show(id, it) {
  cards.set(id, it);
  fill(item(id), it);
  dress(id);
  if (id === current) inspect();
}

function following(from = current, wanted = () => true, step = 1) {
  const all = items();
  const at = all.findIndex((each) => each.dataset.id === from);
  for (let place = at + step; place >= 0 && place < all.length; place += step) {
    if (wanted(card(all[place].dataset.id))) return all[place].dataset.id;
  }
  return "";
}

function goOn() {
  const next = following(current, (it) => !it.decided && it.state !== "agreed") || following(current, (it) => !it.decided);
  atEnd = !next;
  if (next) select(next);
  else say(words["say.last"]);
}

function accept() {
  if (!current) return;
  const id = current;
  const taken = shown;
  const it = card(id);
  send({ do: "accept", take: taken }, id); // it is on its way while the page changes
  foresee(id, { decided: "accept", state: it.state === "open" || it.state === "extra" || it.state === "rejected" ? "agreed" : it.state });
  goOn();
}

function reject() {
  if (!current) return;
  const id = current;
  send({ do: "reject" }, id);
  foresee(id, { decided: "reject", state: "rejected" });
  goOn();
}

// What is corrected in a first statement goes for those that repeat it, their own value and hedge apart.
const OWN = ["low", "high", "currency", "modifier", "same_as"];

function repeats(it, foreseen) {
  const changed = Object.entries(foreseen).filter(([column]) => !OWN.includes(column));
  return changed.length ? items().map((each) => card(each.dataset.id)).filter((other) =>
    other.cells.same_as === String(it.start) && other.state !== "rejected" && other.state !== "extra"
    && changed.every(([column]) => (other.cells[column] || "") === (it.cells[column] || ""))) : [];
}

function set(column, value, foreseen = {}) {
  if (!current) return;
  const id = current;
  const following_ = repeats(card(id), foreseen).map((each) => each.id);
  send({ do: "set", column, value }, id, [id, ...following_]);
  foresee(id, { decided: "correct", cells: foreseen });
  for (const each of following_) foresee(each, { decided: "repeat", cells: foreseen });
}

// What was decided on this page is shown as it was before; what was decided earlier, as the server foresaw.
function undo() {
  const own = mine.pop();
  const shown_ = own || undoable.filter(({ id }) => item(id));
  undoable = [];
  send({ do: "undo" }, "", shown_.map(({ id }) => id).filter((id) => item(id)));
  for (const change of shown_.filter(({ id }) => item(id))) (own ? show : foresee)(change.id, change);
  if (shown_.length) select(shown_[0].id);
}

const BY_NUMBER = {
  1: ["kind", "funding"], 2: ["kind", "rate"], 3: ["kind", "other"],
  4: ["status", "decided"], 5: ["status", "proposed"], 6: ["status", "estimated"], 7: ["status", "paid"],
  8: ["change", "increase"], 9: ["change", "decrease"], 0: ["change", ""],
};

function number(key) {
  const [column, value] = BY_NUMBER[key];
  const foreseen = { [column]: value };
  if (column === "kind" && value !== "funding") Object.assign(foreseen, { status: "", change: "", part_of: "" });
  else if (value) foreseen.kind = "funding";
  set(column, value, foreseen);
}

function rest() {
  const left = items().map((each) => card(each.dataset.id)).filter((it) => !it.decided);
  send({ do: "rest" }, "", left.map(({ id }) => id));
  for (const it of left) foresee(it.id, it.state === "extra" ? { decided: "reject", state: "rejected" } : { decided: "accept" });
}

function moveEdge(key) {
  const it = card(current);
  if (!it) return;
  const blocks = [...new Set(mark(current).map((each) => each.closest(".b")))];
  const all = blocks.flatMap(tokens);
  let { start, end } = it;
  const inside = all.filter((token) => token.start < end && start < token.end);
  if (!inside.length) return;
  if (key === "[") start = all.filter((token) => token.end <= start).at(-1)?.start ?? start;
  if (key === "]") end = all.find((token) => token.start >= end)?.end ?? end;
  const [first, last] = [inside[0], inside.at(-1)]; // an edge among marks that are not seen moves to what is
  if (key === "{") start = start < first.start ? first.start : inside[1]?.start ?? start;
  if (key === "}") end = end > last.end ? last.end : inside.at(-2)?.end ?? end;
  if (start === it.start && end === it.end) return;
  send({ do: "span", start, end }, current);
  foresee(current, { start, end, decided: "correct" });
}

async function nextDoubt() {
  const doubted = (it) => !it.decided && it.rank < 3;
  const here = following(current, doubted) || items().map((each) => each.dataset.id).find((id) => id !== current && doubted(card(id)));
  if (here) {
    select(here);
    return;
  }
  await settle();
  location.assign(`/next?after=${desk.dataset.key}`);
}

// Nothing is left behind when the page is left.
async function settle() {
  while (saving) await saving;
}

async function leave(address) {
  await settle();
  location.assign(address);
}

addEventListener("beforeunload", (event) => {
  if (pending.length) event.preventDefault();
});

// ----------------------------------------------------------------------------------- choosing by a number

function pick(options, none, hint) {
  leavePicking();
  picking = { options, none, typed: "", from: document.activeElement, badges: make("div", { id: "badges" }) };
  const text = $("#text");
  const frame = text.getBoundingClientRect();
  options.forEach((option) => {
    const { label, range, start, said } = option;
    const box = range?.getClientRects()[0];
    const within = range?.startContainer.parentElement.closest(".scroll")?.getBoundingClientRect();
    if (!box || (within && (box.right < within.left || box.left > within.right))) return; // its number can be typed
    const badge = make("button", { type: "button", class: "badge", "aria-label": `${label}: ${said}` }, label);
    if (start !== undefined) badge.dataset.start = start;
    badge.style.left = `${box.left - frame.left + text.scrollLeft}px`;
    badge.style.top = `${box.top - frame.top + text.scrollTop}px`;
    badge.addEventListener("click", () => choose(option));
    picking.badges.append(badge);
  });
  $("#picking").after(picking.badges);
  $("#pick-none").hidden = !none;
  $("#picking").hidden = false;
  document.body.classList.add("picking");
  say(hint);
  if (!keysOn) $("button:not([hidden])", $("#picking")).focus();
}

function leavePicking() {
  if (!picking) return;
  picking.badges.remove();
  if ($("#picking").contains(document.activeElement)) picking.from.focus?.();
  $("#picking").hidden = true;
  picking = null;
  document.body.classList.remove("picking");
}

function pickKey(event) {
  const { options, none } = picking;
  if (event.key === "Escape") {
    leavePicking();
    say("");
  } else if (/^\d$/.test(event.key) && keysOn) {
    picking.typed += event.key;
    if (picking.typed === "0" && none) {
      leavePicking();
      none();
      return true;
    }
    const left = options.filter(({ label }) => label.startsWith(picking.typed));
    if (left.length === 1) choose(left[0]);
    else if (!left.length) picking.typed = "";
    for (const badge of picking?.badges.children || []) {
      badge.classList.toggle("out", !badge.textContent.startsWith(picking.typed));
    }
  } else if (event.key === "Enter" && picking.typed) {
    const exact = options.find(({ label }) => label === picking.typed);
    if (exact) choose(exact);
  } else if (event.key === "Backspace") {
    picking.typed = picking.typed.slice(0, -1);
  } else {
    return false;
  }
  return true;
}

function choose(option) {
  leavePicking();
  option.choose();
}

function point(column) {
  const it = card(current);
  if (!it) return;
  const aim = (id) => set(column, id, { [column]: id ? String(card(id).start) : "" });
  const options = items().map((each, place) => ({ id: each.dataset.id, label: String(place + 1) }))
    .filter(({ id }) => id !== current && card(id).state !== "rejected")
    .map(({ id, label }) => {
      const [first] = mark(id);
      const range = first ? new Range() : null;
      range?.selectNodeContents(first);
      return { id, label, range, said: card(id).text, choose: () => aim(id) };
    });
  pick(options, () => aim(""), words["say.pick"]);
}

const MONEY = /(?:\d[\d\s.,]*)?\b(?:miljon\w*|miljard\w*|tusen|kronor|kr|mkr|mnkr|mdkr|tkr|euro)\b|\d[\d\s.,]*\d|\d/giu;

// The stretches between sums, each as its pieces.
function* unmarked() {
  for (const block of $$("#text .b")) {
    let run = [];
    for (const child of block.children) {
      if (child.dataset.o) run.push(child);
      else if (run.length) {
        yield run;
        run = [];
      }
    }
    if (run.length) yield run;
  }
}

function missed() {
  const span = selected();
  if (span) {
    getSelection().removeAllRanges();
    send({ do: "add", ...span, exact: true });
    return;
  }
  const found = [];
  for (const pieces of unmarked()) {
    const { text, span } = joined(pieces);
    for (const hit of text.matchAll(MONEY)) {
      const words_ = hit[0].trim();
      const likely = /\p{L}/u.test(words_);
      if (!likely && (/^(19|20)\d\d$/.test(words_) || /^\s*(procent|%)/.test(text.slice(hit.index + hit[0].length)))) continue;
      const from = hit.index + hit[0].indexOf(words_);
      found.push({ likely, ...span(from, from + words_.length) });
    }
  }
  found.sort((one, other) => Number(other.likely) - Number(one.likely) || one.start - other.start);
  if (!found.length) {
    say(words["say.none_missed"]);
    return;
  }
  const options = found.map(({ start, end }, place) => ({
    start, label: String(place + 1), said: wordsOf({ start, end }), range: rangesOf(start, end)[0], choose: () => send({ do: "add", start, end }),
  }));
  pick(options, null, words["say.missed"]);
}

// ------------------------------------------------------------------------------------------ editing a cell

const dialog = $("#edit");

function edit(column) {
  const it = card(current);
  if (!it) return;
  const span = selected();
  if (span && column !== "value") {
    getSelection().removeAllRanges();
    const value = wordsOf(span);
    set(column, value, { [column]: value });
    return;
  }
  const [cells] = sides(it);
  const input = $("#edit-value");
  $("#edit-title").textContent = words[column];
  $("#edit-read").textContent = "";
  $("#edit-suggestions").replaceChildren();
  dialog.dataset.column = column;
  dialog.dataset.id = current;
  input.value = column === "value" ? it.text : cells[column] || "";
  input.dataset.touched = "";
  dialog.showModal();
  input.select();
  if (column === "value") htmx.trigger(input, "input");
  else htmx.ajax("GET", `/d/${desk.dataset.key}/suggest?${new URLSearchParams({ row: current, column })}`, "#edit-suggestions");
}

function finishEdit(value) {
  const { column, id } = dialog.dataset;
  dialog.close();
  select(id, { scroll: false });
  set(column, value, column === "value" ? {} : { [column]: value });
}

if (dialog) {
  const input = $("#edit-value");
  input.addEventListener("input", () => { input.dataset.touched = "yes"; });
  input.addEventListener("keydown", (event) => {
    if (dialog.dataset.column === "value" || input.dataset.touched || !keysOn || !/^\d$/.test(event.key)) return;
    const values = $$("#edit-suggestions button");
    const chosen = event.key === "0" ? values.at(-1) : values.slice(0, -1)[Number(event.key) - 1];
    if (!chosen) return;
    event.preventDefault();
    finishEdit(chosen.dataset.value);
  });
  $("#edit-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.dataset.value === undefined) finishEdit(input.value);
  });
  $("#edit-suggestions").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) finishEdit(button.dataset.value);
  });
  $("#edit-close").addEventListener("click", () => dialog.close());
}

// ------------------------------------------------------------------------------------------------- why

function explain() {
  if (!current) return;
  htmx.ajax("GET", `/d/${desk.dataset.key}/why?${new URLSearchParams({ row: current })}`, "#why");
}

function light(ranges) {
  if (!CSS.highlights) return;
  CSS.highlights.set("cue", new Highlight(...ranges));
}

function clearCues() {
  CSS.highlights?.delete("cue");
}

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "why") return;
  light($$("#why .cue").flatMap((cue) => rangesOf(Number(cue.dataset.start), Number(cue.dataset.end))));
});

// A place without a row: lit up and selected, so that m makes it one.
function showPlace(start, end) {
  const ranges = rangesOf(start, end);
  if (!ranges.length) return;
  CSS.highlights?.set("place", new Highlight(...ranges));
  getSelection().setBaseAndExtent(ranges[0].startContainer, ranges[0].startOffset, ranges.at(-1).endContainer, ranges.at(-1).endOffset);
  intoView(ranges[0].startContainer.parentElement.closest(".b"), $("#text"));
  const address = new URL(location.href);
  address.search = new URLSearchParams({ at: `${start}-${end}` });
  history.replaceState(null, "", address);
  say(words["say.place"]);
}

// ------------------------------------------------------------------- lines between a sum, its total and its parts

function join() {
  const lines = $("#joins");
  if (!lines) return;
  lines.replaceChildren();
  for (const each of $$("#text .is-total, #text .is-part")) each.classList.remove("is-total", "is-part");
  const it = card(current);
  const [here] = it ? mark(current) : [];
  if (!here) return;
  const start = String(it.cells.part_of || "");
  const others = items().map((each) => card(each.dataset.id));
  const total = others.find((other) => start && String(other.start) === start);
  const parts = others.filter((other) => other.cells.part_of === String(it.start) && other.state !== "rejected" && other.id !== it.id);
  const frame = $("#text").getBoundingClientRect();
  const place = (element) => {
    const box = element.getClientRects()[0];
    return box.top - frame.top + box.height / 2 + $("#text").scrollTop;
  };
  const pairs = [...(total ? [[total, "is-total"]] : []), ...parts.slice(0, 60).map((part) => [part, "is-part"])];
  if (!pairs.length) {
    lines.setAttribute("height", 0);
    return;
  }
  const ends = pairs.map(([other, role]) => [mark(other.id)[0], role]).filter(([there]) => there);
  const from = place(here);
  const measured = ends.map(([there, role]) => [place(there), role]);
  lines.setAttribute("height", $("#text").scrollHeight);
  for (const [there, role] of ends) there.classList.add(role);
  for (const [to, role] of measured) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", `M16 ${from} H8 V${to} H16`); // in the margin, across no words
    path.setAttribute("class", role);
    lines.append(path);
  }
}

// ------------------------------------------------------------------------------------------------ keyboard

const KEYS = {
  j: () => select(following()), ArrowDown: () => select(following()),
  k: () => select(following(current, () => true, -1)), ArrowUp: () => select(following(current, () => true, -1)),
  a: accept, x: reject, u: undo, A: rest,
  p: () => point("part_of"), s: () => point("same_as"), m: missed, e: () => edit("value"), n: nextDoubt,
  g: () => { shown = shown === "run" ? "gold" : "run"; inspect(); say(words[`say.${shown}`]); },
  "?": showHelp, "/": () => leave("/#find"), q: () => leave(sessionStorage.getItem("belopp-list") || "/"),
  Escape: () => { if (help.open) closeHelp(); getSelection().removeAllRanges(); },
};

function deskKeys(event) {
  if (dialog.open || isTypingText(event.target) || !isShortcut(event)) return;
  const { key } = event;
  if (picking && pickKey(event)) {
    event.preventDefault();
    return;
  }
  if (picking && ["Tab", "Shift", "Enter", " "].includes(key)) return; // on the way to a button, or on it
  if (picking) leavePicking();
  if (key.startsWith("Arrow") && event.target !== document.body && event.target !== desk) return;
  const action = KEYS[key] || (key in BY_NUMBER && (() => number(key))) || (EDGES.includes(key) && (() => moveEdge(key)))
    || (key in COLUMN_KEYS && (() => edit(COLUMN_KEYS[key])));
  if (!action) return;
  event.preventDefault();
  action();
}

if (desk) {
  addEventListener("keydown", deskKeys);
  $("#text").addEventListener("mouseup", () => setTimeout(snap));
  $("#text").addEventListener("click", (event) => {
    const hit = event.target.closest("mark");
    if (!hit || !getSelection().isCollapsed) return;
    const option = picking?.options.find(({ id }) => id === hit.dataset.id);
    if (option) choose(option);
    else if (!picking) select(hit.dataset.id, { scroll: false });
  });
  $("#cards").addEventListener("click", (event) => {
    const hit = event.target.closest("li");
    if (!hit) return;
    const option = picking?.options.find(({ id }) => id === hit.dataset.id);
    if (option) choose(option);
    else select(hit.dataset.id);
  });
  $("#tree").addEventListener("click", (event) => {
    const hit = event.target.closest("[data-goto]");
    if (hit) select(hit.dataset.goto);
  });
  $("#inspector").addEventListener("click", (event) => {
    const { field, edge } = event.target.closest("button")?.dataset ?? {};
    if (edge) moveEdge(edge);
    else if (field === "part_of" || field === "same_as") point(field);
    else if (field === "kind") number({ funding: 2, rate: 3, other: 1 }[card(current).cells.kind]);
    else if (field === "status") number({ decided: 5, proposed: 6, estimated: 7 }[card(current).cells.status] || 4);
    else if (field === "change") number({ increase: 9, decrease: 0 }[card(current).cells.change] ?? 8);
    else if (field) edit(field);
  });
  $(".bar").addEventListener("click", (event) => {
    const key = event.target.closest("button")?.dataset.key;
    if (key) KEYS[key]();
  });
  $("#cards").append(...($("#cards").dataset.cards ? $("#cards").dataset.cards.split("\n").map(entry) : []));
  $("#pick-none").addEventListener("click", () => { const { none } = picking; leavePicking(); none(); });
  $("#pick-leave").addEventListener("click", () => { leavePicking(); say(""); });
  addEventListener("resize", join);
  const place = /[?&]at=(\d+)-(\d+)/.exec(location.search)?.slice(1).map(Number);
  if (desk.dataset.at) select(desk.dataset.at);
  else inspect();
  if (place) showPlace(...place);
  desk.focus({ preventScroll: true });
  document.body.addEventListener("htmx:responseError", (event) => say(refused(event.detail.xhr.status), "bad"));
  document.body.addEventListener("htmx:sendError", () => say(words["say.silent"], "bad"));
  document.documentElement.dataset.ready = "yes";
} else {
  // A list that cannot be narrowed is not left standing as if it were: the page says why.
  for (const fault of ["htmx:responseError", "htmx:sendError"]) document.body.addEventListener(fault, () => location.reload());
  addEventListener("keydown", listKeys);
  document.addEventListener("click", keepPlace);
  takePlace();
  document.documentElement.dataset.ready = "yes";
}
