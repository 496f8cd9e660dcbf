/** `detect-all` → `DetectAll`: names of components have letters and digits only. */
export function componentName(kebab: string): string {
  return kebab.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
