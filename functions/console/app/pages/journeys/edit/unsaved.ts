const texts = new Map<string, string>();

/** What was typed and not saved, by journey: it outlives a look at another page, not the tab. */
export const unsaved = {
  read: (id: string): string | undefined => texts.get(id),
  keep(id: string, text: string | undefined): void {
    if (text === undefined) texts.delete(id);
    else texts.set(id, text);
  },
  any: (): boolean => texts.size > 0,
};

addEventListener('beforeunload', (event) => {
  if (unsaved.any()) event.preventDefault();
});
