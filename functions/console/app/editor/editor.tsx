import { setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Issue } from '#kernel/issue';
import { diagnosticsOf, extensions, type Language } from './extensions.ts';

export interface EditorProps {
  label: string;
  /** A journey when left out. */
  language?: Language | undefined;
  text: string;
  onChange(text: string): void;
  issues: readonly Issue[];
  /** The caret goes there; a new object each time it is asked. */
  goTo?: { line: number; column?: number | undefined } | undefined;
}

/**
 * It lives in a shadow root: there its styles are constructed sheets, which the page's policy lets in, as
 * it would no style element.
 */
const Editor = ({ label, language, text, onChange, issues, goTo }: EditorProps) => {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const changed = useRef(onChange);
  changed.current = onChange;

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes later goes in by the effects below
  useEffect(() => {
    const root = host.current?.shadowRoot ?? host.current!.attachShadow({ mode: 'open' });
    const heard = EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) changed.current(state.doc.toString());
    });
    const state = EditorState.create({ doc: text, extensions: [...extensions(label, language), heard] });
    const made = new EditorView({ root, parent: root, state });
    view.current = made;
    return () => made.destroy();
  }, []);

  useEffect(() => {
    const shown = view.current;
    if (shown && shown.state.doc.toString() !== text)
      shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const shown = view.current;
    if (shown) shown.dispatch(setDiagnostics(shown.state, diagnosticsOf(issues, shown.state.doc)));
  }, [issues]);

  useEffect(() => {
    const shown = view.current;
    if (!shown || !goTo) return;
    const line = shown.state.doc.line(Math.min(goTo.line, shown.state.doc.lines));
    const anchor = Math.min(line.from + (goTo.column ?? 1) - 1, line.to);
    shown.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    shown.focus();
  }, [goTo]);

  return <div ref={host} className="editor" />;
};

export default Editor;
