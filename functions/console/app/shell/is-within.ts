/** Is the address that of the page, or below it? The overview, at the root, is only itself. */
export const isWithin = (path: string, page: string): boolean =>
  path === page || (page !== '/' && path.startsWith(`${page}/`));
