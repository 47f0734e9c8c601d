const listeners = new Set<() => void>();
let away = false;

/** Does the server answer? As the last request knows it, whoever made it. */
export const line = {
  isAway: (): boolean => away,
  tell(isAway: boolean): void {
    if (isAway === away) return;
    away = isAway;
    for (const heard of listeners) heard();
  },
  listen(heard: () => void): () => void {
    listeners.add(heard);
    return () => void listeners.delete(heard);
  },
};
