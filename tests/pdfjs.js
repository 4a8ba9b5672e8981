// Has pdf.js open files that tests/pdf_readers.py hands out, fill in their forms, draw their pages, and read their words.
import { getDocument, PDFWorker, GlobalWorkerOptions } from "/build/pdf.mjs";

GlobalWorkerOptions.workerSrc = "/build/pdf.worker.mjs";
const worker = new PDFWorker();

function open(source) {
  return getDocument({
    ...source,
    worker,
    cMapUrl: "/cmaps/",
    iccUrl: "/iccs/",
    standardFontDataUrl: "/standard_fonts/",
    wasmUrl: "/wasm/",
  }).promise;
}

async function pages(source, look) {
  const file = await open(source);
  const found = [];
  for (let number = 1; number <= file.numPages; number++) {
    found.push(await look(await file.getPage(number)));
  }
  await file.cleanup();
  await file.loadingTask.destroy();
  return found;
}

async function picture(page, scale) {
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  canvas.getContext("2d", { willReadFrequently: true }).textRendering = "geometricPrecision";
  await page.render({ canvas, viewport }).promise;
  return canvas.toDataURL("image/png").split(",")[1];
}

async function words(page) {
  const { items } = await page.getTextContent();
  return items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("");
}

async function filled(url, texts) {
  const file = await open({ url });
  const fields = await file.getFieldObjects();
  for (const [name, value] of Object.entries(texts)) {
    file.annotationStorage.setValue(fields[name][0].id, { value });
  }
  const data = await file.saveDocument();
  await file.loadingTask.destroy();
  return { data };
}

window.picturesAt = (scale) => (url) => pages({ url }, (page) => picture(page, scale));
window.filledAt = (texts, scale) => async (url) => pages(await filled(url, texts), (page) => picture(page, scale));
window.words = (url) => pages({ url }, words);
