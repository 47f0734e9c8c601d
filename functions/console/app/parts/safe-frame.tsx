import { useEffect, useRef, useState } from 'react';
import { framePath } from './frame-path.ts';

export interface SafeFrameProps {
  /** Written by others: shown, never run. */
  html: string;
  title: string;
  width?: number | undefined;
  height?: number | undefined;
}

/**
 * No script runs within: `sandbox` forbids it, and so does the policy that `frame.html` is served with. The
 * frame keeps our origin only so that we can put the text into it; what cannot run cannot use that.
 */
export const SafeFrame = ({ html, title, width, height = 560 }: SafeFrameProps) => {
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(0);
  useEffect(() => {
    const shown = frame.current?.contentDocument;
    if (ready === 0 || !shown) return;
    shown.documentElement.innerHTML = html;
  }, [html, ready]);
  return (
    <iframe
      ref={frame}
      className="frame"
      title={title}
      src={framePath}
      sandbox="allow-same-origin"
      width={width}
      height={height}
      onLoad={() => setReady((times) => times + 1)}
    />
  );
};
