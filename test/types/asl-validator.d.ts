/** The package brings no types. It writes into the definition that it is given. */
declare module 'asl-validator' {
  const validate: (definition: object) => { isValid: boolean; errors: unknown[] };
  export default validate;
}
