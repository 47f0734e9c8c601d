import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';

export interface ScrollRegionProps {
  /** What is in it, for those who hear it. */
  label: string;
  className: string;
  /** Shown as on a small screen. */
  narrow?: boolean;
  children: ReactNode;
}

/** What scrolls is reached by keyboard; while all of it is in sight, nobody has to stop there. */
export const ScrollRegion = ({ label, className, narrow = false, children }: ScrollRegionProps) => {
  const [isCut, setCut] = useState(false);
  const region = useRef<HTMLElement>(null);
  // After each change, since what is in it may have been replaced.
  useLayoutEffect(() => {
    const box = region.current;
    if (!box) return;
    const observer = new ResizeObserver(() =>
      setCut(box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight),
    );
    for (const watched of [box, ...box.children]) observer.observe(watched);
    return () => observer.disconnect();
  });
  return (
    <section
      ref={region}
      className={className}
      aria-label={label}
      data-narrow={narrow || undefined}
      tabIndex={isCut ? 0 : undefined}
    >
      {children}
    </section>
  );
};
