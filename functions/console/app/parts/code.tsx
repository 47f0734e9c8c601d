/** Text as it is, of any length: what scrolls can be reached by keyboard. */
export const Code = ({ label, children }: { label: string; children: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
  <section className="code" tabIndex={0} aria-label={label}>
    <pre>{children}</pre>
  </section>
);
