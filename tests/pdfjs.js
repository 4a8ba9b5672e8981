// Has pdf.js open files that tests/readers.py hands out, draw their pages, and read their words.
import { getDocument, PDFWorker, GlobalWorkerOptions } from "/build/pdf.mjs";

GlobalWorkerOptions.workerSrc = "/build/pdf.worker.mjs";
const worker = new PDFWorker();

async function pages(url, look) {
  const file = await getDocument({
    url,
    worker,
    cMapUrl: "/cmaps/",
    iccUrl: "/iccs/",
    standardFontDataUrl: "/standard_fonts/",
    wasmUrl: "/wasm/",
  }).promise;
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

window.picturesAt = (scale) => (url) => pages(url, (page) => picture(page, scale));
window.words = (url) => pages(url, words);
