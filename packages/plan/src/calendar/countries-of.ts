import Holidays from 'date-holidays';

/** What Intl knows of a region; older engines have not learnt it. */
interface RegionOfZones {
  readonly getTimeZones?: () => readonly string[] | undefined;
}

const KNOWN = new Map<string, readonly string[]>();
/** Zones have some hundred names. */
const MOST_KNOWN = 600;

/** Countries whose public holidays are known and that keep the time of an IANA zone, such as FR for Europe/Paris; of UTC there are none. */
export function countriesOf(zone: string): readonly string[] {
  const known = KNOWN.get(zone);
  if (known !== undefined) return known;
  const canonical = canonicalOf(zone);
  const countries = Object.keys(new Holidays().getCountries()).filter((country) =>
    zonesOf(country).includes(canonical),
  );
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(zone, countries);
  return countries;
}

const canonicalOf = (zone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;

function zonesOf(country: string): readonly string[] {
  const region: Intl.Locale & RegionOfZones = new Intl.Locale('und', { region: country });
  return region.getTimeZones?.() ?? [];
}
