import { ScrollRegion } from './scroll-region.tsx';

/** Text as it is, of any length. */
export const Code = ({ label, children }: { label: string; children: string }) => (
  <ScrollRegion className="code" label={label}>
    <pre>{children}</pre>
  </ScrollRegion>
);
