import {
  autocompletion,
  type CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  snippet,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import type { Extension, Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { Issue } from '#kernel/issue';
import { look } from './look.ts';
import type { Completion, Kind } from './protocol.ts';
import { reader } from './reader.ts';

export type Language = Kind | 'text';

const help = (kind: Kind): Extension[] => [
  autocompletion({ override: [completer(kind)], icons: false }),
  hoverTooltip(explainer(kind)),
];

/**
 * Tab moves on as everywhere on the page, so that nobody is caught in the editor.
 * @param language what is written: a document is completed and explained; MJML is no JSON
 */
export const extensions = (label: string, language: Language = 'journey'): Extension[] => [
  lineNumbers(),
  foldGutter(),
  lintGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  ...(language === 'text' ? [] : [json(), ...help(language)]),
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...completionKeymap,
    ...lintKeymap,
  ]),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
  look,
];

const completer = (kind: Kind) => async (context: CompletionContext) => {
  if (!context.explicit && !context.matchBefore(/["\w]/)) return null;
  const found = await reader.complete(kind, context.state.doc.toString(), context.pos);
  const [first] = found;
  return first ? { from: first.from, options: found.map(optionOf), validFor: /^"?[\w$ -]*"?$/ } : null;
};

/** What is typed begins with a quote where what is put in does; names are offered without it. */
const optionOf = ({ label, insert, detail, info, to }: Completion) => ({
  label: insert.startsWith('"') && !label.startsWith('"') ? `"${label}` : label,
  displayLabel: label,
  ...(detail === undefined ? {} : { detail }),
  ...(info === undefined ? {} : { info }),
  apply: (view: EditorView, completion: { label: string }, from: number, end: number) =>
    snippet(fieldsOf(insert))(view, completion, from, Math.max(to, end)),
});

/** `$1` and `${1:word}` of the protocol are `${word}` of the editor. */
const fieldsOf = (insert: string): string =>
  insert.replaceAll(/\$(\d+)/g, '$${}').replaceAll(/\$\{\d+:/g, '${');

const explainer = (kind: Kind) => async (view: EditorView, offset: number) => {
  const explained = await reader.explain(kind, view.state.doc.toString(), offset).catch(() => undefined);
  if (!explained) return null;
  return {
    ...{ pos: explained.from, end: explained.to, above: true },
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'cm-explained';
      dom.textContent = explained.text;
      return { dom };
    },
  };
};

/** Issues at their line; one without a place stands at the top. */
export const diagnosticsOf = (issues: readonly Issue[], text: Text): Diagnostic[] =>
  issues
    .filter(({ file }) => file === undefined)
    .map(({ line = 1, column = 1, severity, message, hint, code }) => {
      const at = text.line(Math.min(Math.max(line, 1), text.lines));
      const from = Math.min(at.from + column - 1, at.to);
      const word =
        /^(?:"(?:[^"\\]|\\.)*"|[^\s,:{}[\]"]+|.)?/.exec(at.text.slice(from - at.from))?.[0].length ?? 0;
      return {
        from,
        to: from + word,
        severity,
        source: code,
        message: hint ? `${message}\n→ ${hint}` : message,
      };
    })
    .sort((a, b) => a.from - b.from);
