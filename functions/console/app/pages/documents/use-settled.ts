import { useEffect, useState } from 'react';

/** What it was when it had not changed for so long: nothing is asked at each letter. */
export const useSettled = <T>(value: T, ms: number): T => {
  const [settled, set] = useState(value);
  useEffect(() => {
    const soon = setTimeout(() => set(value), ms);
    return () => clearTimeout(soon);
  }, [value, ms]);
  return settled;
};
