// The fiscal calendar, and what a file name says about the report that is in it. Pure, so that it is easily tested.

const QUARTER = 3;

/** The period a number of quarters later, or before. */
export function shifted({year, quarter}, quarters) {
  const index = year * 4 + Number(quarter[1]) - 1 + quarters;
  return {year: Math.floor(index / 4), quarter: `Q${(index % 4) + 1}`};
}

/** First and last month of a period, as dates. */
export function monthsOf({year, quarter}, firstMonth) {
  const first = firstMonth - 1 + (Number(quarter[1]) - 1) * QUARTER;
  const calendarYear = firstMonth > 1 ? year - 1 : year;
  return [new Date(calendarYear, first, 1), new Date(calendarYear, first + QUARTER - 1, 1)];
}

/**
 * What a file name says: the section whose code or title it names, and the period.
 *
 * @param {string} name
 * @param {Array<{code: string, title: string}>} sections
 * @returns {{section?: string, year?: number, quarter?: string}}
 */
export function proposal(name, sections) {
  const words = wordsOf(name.replace(/\.[^.]*$/, ''));
  const text = ` ${words.join(' ')} `;
  const quarter = text.match(/ (?:q|quarter |qtr ?)([1-4]) /) || text.match(/ ([1-4])q /) || text.match(/(?<=\d)q([1-4]) /);
  const year = text.match(/ (?:fy ?)?((?:19|20)\d\d)(?=[ q])/) || text.match(/ fy ?(\d\d) /);
  const section = bestSection(words, sections);
  return {
    ...(section ? {section} : {}),
    ...(year ? {year: Number(year[1]) + (year[1].length === 2 ? 2000 : 0)} : {}),
    ...(quarter ? {quarter: `Q${quarter[1]}`} : {}),
  };
}

function wordsOf(text) {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

// The section of which most words stand in the name; none where two are equally likely.
function bestSection(words, sections) {
  const scored = sections
    .map((section) => {
      const code = wordsOf(section.code);
      const title = wordsOf(section.title);
      const hits = title.filter((word) => words.includes(word)).length;
      return {code: section.code, score: (code.every((word) => words.includes(word)) ? 10 : 0) + hits};
    })
    .filter((candidate) => candidate.score > 0)
    .sort((a, b) => b.score - a.score);
  return scored.length === 0 || (scored.length > 1 && scored[0].score === scored[1].score) ? undefined : scored[0].code;
}
