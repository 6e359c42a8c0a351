/** What keeps a picture from being trusted, collected for whoever takes it. */
const found = [];

export function problem(where, what) {
  found.push(`${where}: ${what}`);
}

export function problems() {
  return [...new Set(found)];
}

window.addEventListener('error', (event) => problem('script', event.message));
window.addEventListener('unhandledrejection', (event) => problem('script', String(event.reason)));
