import { createContext, useContext } from 'react';

export type Tell = (text: string, tone?: 'good' | 'bad') => void;

export const TellContext = createContext<Tell>(() => {});

/** Says briefly that something happened; also aloud. */
export const useTell = (): Tell => useContext(TellContext);
