import { type RefObject, useEffect, useState } from 'react';

/** Of an element, as it is now. */
export const useWidth = (box: RefObject<HTMLElement | null>, first = 600): number => {
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const watched = box.current;
    if (!watched) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    observer.observe(watched);
    return () => observer.disconnect();
  }, [box]);
  return width;
};
