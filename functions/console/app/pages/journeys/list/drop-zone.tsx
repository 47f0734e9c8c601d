import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { Icon } from '../../../parts/icon.tsx';
import { words } from '../../../words/words.ts';
import { draftOnTheWay } from '../edit/on-the-way.ts';

/** A file that is dropped anywhere on the page opens in the editor; it is uploaded from there. */
export const DropZone = ({ onText }: { onText?: (text: string) => void }) => {
  const [over, setOver] = useState(false);
  const [, go] = useLocation();
  useEffect(() => {
    const holdsFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent): void => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = async (event: DragEvent): Promise<void> => {
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      const text = await file.text();
      if (onText) return onText(text);
      draftOnTheWay.put(text);
      go('/journeys/new');
    };
    const heard = { dragenter: enter, dragover: enter, dragleave: leave, drop } as const;
    for (const [name, hear] of Object.entries(heard)) addEventListener(name, hear as EventListener);
    return () => {
      for (const [name, hear] of Object.entries(heard)) removeEventListener(name, hear as EventListener);
    };
  }, [go, onText]);
  return (
    <div className="drop" data-over={over || undefined} aria-hidden="true">
      <Icon name="upload" />
      {words.journeys.drop}
    </div>
  );
};
