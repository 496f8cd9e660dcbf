const storageKey = "glasswatch-report-theme";

/** The button between light and dark. Without a choice the page follows the system. */
export function startTheme(button) {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function show() {
    const isDark = (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
    button.textContent = isDark ? "Light theme" : "Dark theme";
    return isDark;
  }

  const chosen = recall();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  button.hidden = false;
  dark.addEventListener("change", show);
  button.addEventListener("click", () => {
    root.dataset.theme = show() ? "light" : "dark";
    remember(root.dataset.theme);
    show();
  });
  show();
}

// A page opened from a file may be refused storage: the choice then lasts as long as the page.
function recall() {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {}
}
