// The keyboard. Off inside fields, off while an input method composes, physical keys only, and never a key that Telex,
// VNI or the Windows layout turns into another letter (a e o d w s f r x j z [ ]).
(() => {
  const root = document.documentElement;
  const go = { KeyH: "/", KeyV: "/van-ban/den", KeyT: "/viec", KeyB: "/ban-lam-viec", KeyL: "/van-ban/so" };
  const sheet = document.getElementById("keys-sheet");
  let going = 0;
  const inField = target => target.closest?.("input,textarea,select,[contenteditable],dialog[open]");
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const move = step => {
    const all = rows();
    const mark = row => row.dataset.row || "aria-selected";
    const here = all.findIndex(row => row.contains(document.activeElement));
    const at = here < 0 ? all.findIndex(row => row.getAttribute(mark(row)) === "true") : here;
    const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
    all.forEach(row => row.removeAttribute(mark(row)));
    next.setAttribute(mark(next), "true");
    (next.querySelector("a") || next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  document.querySelector("[data-help]")?.addEventListener("click", () => sheet?.showModal());
  document.querySelectorAll("[data-focus]").forEach(link => link.addEventListener("click", event => {
    const field = document.getElementById(link.dataset.focus);
    if (field) { event.preventDefault(); field.focus(); }
  }));
  document.querySelector("[data-print]")?.addEventListener("click", () => print());
  addEventListener("keydown", event => {
    if (event.isComposing || event.keyCode === 229 || event.metaKey || event.altKey) return;
    if (inField(event.target)) {
      const form = event.target.form;
      if (event.ctrlKey && event.code === "Enter" && form?.hasAttribute("data-send")) form.requestSubmit();
      if (event.code === "Escape" && !sheet?.open) event.target.blur();
      return;
    }
    if (event.ctrlKey || root.dataset.keys === "off") return;
    if (going && Date.now() - going < 1200) {
      going = 0;
      if (go[event.code]) { event.preventDefault(); location.href = go[event.code]; }
      return;
    }
    const forward = event.code === "KeyN" || event.code === "ArrowDown";
    if ((forward || event.code === "KeyP" || event.code === "ArrowUp") && rows().length) {
      event.preventDefault();
      move(forward ? 1 : -1);
    } else if (event.repeat) {
      return;
    } else if (event.code === "KeyG") {
      going = Date.now();
    } else if (event.code === "Slash") {
      event.preventDefault();
      if (event.shiftKey) sheet?.showModal(); else document.querySelector("[data-find]")?.focus();
    } else if (!event.shiftKey) {
      const button = document.querySelector(`[data-key="${event.code}"]`);
      if (button) { event.preventDefault(); button.click(); }
    }
  });
  // A form is sent once: a second click while the first is under way does nothing. The one-use key guards the rest.
  addEventListener("submit", event => {
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    if (event.target.method === "post") event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach(form => delete form.dataset.sent));
})();
