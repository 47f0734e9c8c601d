/** Gives a text to the browser to keep as a file. */
export const saveFile = (name: string, type: string, text: string | readonly string[]): void => {
  const address = URL.createObjectURL(new Blob(typeof text === 'string' ? [text] : [...text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
