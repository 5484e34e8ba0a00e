/** In the order of asking: Edge and Opera call themselves Chrome, too, and Chrome calls itself Safari. */
const browsers: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPad\b/, 'dem iPad'],
  [/\biPhone\b/, 'dem iPhone'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'dem Mac'],
  [/\bLinux\b/, 'Linux'],
]

const firstOf = (list: [RegExp, string][], text: string) =>
  list.find(([pattern]) => pattern.test(text))?.[1]

/** `Firefox auf Windows`, from what a browser says of itself: enough to know one's own devices by, and no more. */
export const deviceOf = (userAgent: string) => {
  const browser = firstOf(browsers, userAgent)
  const system = firstOf(systems, userAgent)
  if (!browser) return system ? `Gerät mit ${system.replace(/^dem /, '')}` : 'Unbekanntes Gerät'
  return system ? `${browser} auf ${system}` : browser
}
