/** The page's elements; index.html has them all. */
export const elements = {
  root: document.documentElement,
  video: element('stream', HTMLVideoElement),
  curtain: element('curtain', HTMLElement),
  title: element('title', HTMLElement),
  detail: element('detail', HTMLElement),
  progress: element('progress', HTMLProgressElement),
  again: element('again', HTMLButtonElement),
  warning: element('warning', HTMLElement),
  stay: element('stay', HTMLButtonElement),
  newer: element('newer', HTMLElement),
  reload: element('reload', HTMLButtonElement),
  dismiss: element('dismiss', HTMLButtonElement),
  toast: element('toast', HTMLElement),
};

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`The page has no ${type.name} with the id ${id}`);
}
