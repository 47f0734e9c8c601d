import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Suggestions } from './pages/journeys/one/suggestions.tsx';
import { FiguresTable } from './parts/figures-table.tsx';

/** What pages make of an answer, without a browser: for tests that hold it against the answer. */
export const figuresMarkup = (props: Parameters<typeof FiguresTable>[0]): string =>
  renderToStaticMarkup(createElement(FiguresTable, props));

export const suggestionsMarkup = (props: Parameters<typeof Suggestions>[0]): string =>
  renderToStaticMarkup(createElement(Suggestions, props));
