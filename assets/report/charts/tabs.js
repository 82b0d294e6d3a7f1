// Tabs after the WAI-ARIA pattern: one tab stop, arrows, Home and End. Without scripts all panels are shown.
export function tabs(page) {
  const list = page.querySelector("[role=tablist]");
  const all = [...list.querySelectorAll("[role=tab]")];
  const show = (tab, focus) => {
    for (const each of all) {
      const on = each === tab;
      each.setAttribute("aria-selected", on);
      each.tabIndex = on ? 0 : -1;
      page.getElementById(each.getAttribute("aria-controls")).classList.toggle("away", !on);
    }
    if (focus) tab.focus();
  };
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) show(tab);
  });
  list.addEventListener("keydown", (event) => {
    const at = all.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to == null) return;
    event.preventDefault();
    show(all[(to + all.length) % all.length], true);
  });
  list.hidden = false;
  show(all[0]);
}
