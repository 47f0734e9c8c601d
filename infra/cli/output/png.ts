import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Pixels for each unit of the drawing: sharp on dense screens and on paper. */
const density = 2;
/** A side longer than this is refused by many programs that show pictures. */
const longestSide = 16_000;

/**
 * SVG as PNG. The font comes with us, so that a picture looks alike on every machine; it has Latin, Greek
 * and Cyrillic letters.
 */
export const renderPng = async (svg: string): Promise<Uint8Array> => {
  await ready();
  const fontBuffers = fonts.map((name) => readPackageFile(`@expo-google-fonts/inter/${name}`));
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoomFor(svg) },
    font: { fontBuffers, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
  });
  return image.render().asPng();
};

const fonts = [
  '400Regular/Inter_400Regular.ttf',
  '400Regular_Italic/Inter_400Regular_Italic.ttf',
  '600SemiBold/Inter_600SemiBold.ttf',
];

const readPackageFile = (specifier: string): Uint8Array =>
  readFileSync(fileURLToPath(import.meta.resolve(specifier)));

let started: Promise<void> | undefined;
const ready = (): Promise<void> => {
  started ??= initWasm(readPackageFile('@resvg/resvg-wasm/index_bg.wasm'));
  return started;
};

const zoomFor = (svg: string): number => {
  const [, width = 1, height = 1] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  return Math.min(density, longestSide / Math.max(Number(width), Number(height)));
};
