"""The time expressions of an article and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.codebook import Codebook
from dragoman.read.clean import CLEAN
from dragoman.read.dates import DATE
from dragoman.read.parse import DEFAULT_MODEL, parse_stage
from dragoman.read.pipeline import Pipeline
from dragoman.record import Article, DatePhrase, Document

# (published, sentence, phrase, value, first day, last day); an empty day is open, no days at all where both are None
FRIDAY, NEW_YEAR, SPRING = "2023-04-21", "2015-01-02", "1998-03-10"  # a Friday, a Friday, a Tuesday

FULL_DATES = [
    (FRIDAY, "The treaty was signed on April 18, 2019.", "April 18, 2019", "2019-04-18", "2019-04-18", "2019-04-18"),
    (FRIDAY, "The treaty was signed on 18 April 2019.", "18 April 2019", "2019-04-18", "2019-04-18", "2019-04-18"),
    (FRIDAY, "He was born on Dec. 2, 1956, in Oran.", "Dec. 2, 1956", "1956-12-02", "1956-12-02", "1956-12-02"),
    (
        FRIDAY,
        "The pact of the 18th of May 2004 still holds.",
        "the 18th of May 2004",
        "2004-05-18",
        "2004-05-18",
        "2004-05-18",
    ),
    (FRIDAY, "They met on Tuesday, March 5, 2019.", "Tuesday, March 5, 2019", "2019-03-05", "2019-03-05", "2019-03-05"),
    (FRIDAY, "The note is dated 2022-07-15 and unsigned.", "2022-07-15", "2022-07-15", "2022-07-15", "2022-07-15"),
    (FRIDAY, "The note is dated 31.12.1999 and unsigned.", "31.12.1999", "1999-12-31", "1999-12-31", "1999-12-31"),
    (FRIDAY, "The note is dated 12/25/98 and unsigned.", "12/25/98", "1998-12-25", "1998-12-25", "1998-12-25"),
    (FRIDAY, "The note is dated 25/12/98 and unsigned.", "25/12/98", "1998-12-25", "1998-12-25", "1998-12-25"),
    (FRIDAY, "The note is dated 05/03/98 and unsigned.", "05/03/98", "1998", "1998-01-01", "1998-12-31"),
    (FRIDAY, "One is dated 25/12/97, the other 05/03/98.", "05/03/98", "1998-03-05", "1998-03-05", "1998-03-05"),
    (FRIDAY, "One is dated 12/25/97, the other 05/03/98.", "05/03/98", "1998-05-03", "1998-05-03", "1998-05-03"),
    (FRIDAY, "The embassy opened in July 2022.", "July 2022", "2022-07", "2022-07-01", "2022-07-31"),
    (FRIDAY, "The embassy opened in Feb. 2020.", "Feb. 2020", "2020-02", "2020-02-01", "2020-02-29"),
    (FRIDAY, "The embassy opened in 2020.", "2020", "2020", "2020-01-01", "2020-12-31"),
    (FRIDAY, "The archive covers 2022-07 in full.", "2022-07", "2022-07", "2022-07-01", "2022-07-31"),
    (FRIDAY, "They founded it in nineteen ninety-four.", "nineteen ninety-four", "1994", "1994-01-01", "1994-12-31"),
    (FRIDAY, "They founded it in two thousand and five.", "two thousand and five", "2005", "2005-01-01", "2005-12-31"),
    (FRIDAY, "Spending rose in fiscal 1998.", "fiscal 1998", "1998", "1998-01-01", "1998-12-31"),
    (FRIDAY, "The class of '98 gathered in Minsk.", "'98", "1998", "1998-01-01", "1998-12-31"),
    (FRIDAY, "MOSCOW, March 12 (Interfax) -- The envoy left.", "March 12", "2023-03-12", "2023-03-12", "2023-03-12"),
]

YEARLESS = [
    (FRIDAY, "It began on August 27 of last year.", "August 27 of last year", "2022-08-27", "2022-08-27", "2022-08-27"),
    (
        FRIDAY,
        "They agreed on December 14 last year.",
        "December 14 last year",
        "2022-12-14",
        "2022-12-14",
        "2022-12-14",
    ),
    (FRIDAY, "Output fell in the September quarter.", "the September quarter", "2022-Q3", "2022-07-01", "2022-09-30"),
    (FRIDAY, "The guns fell silent just before 10 p.m.", "10 p.m.", "2023-04-21T22:00", "2023-04-21", "2023-04-21"),
    (
        FRIDAY,
        "It shut at 3:00pm (7:00am GMT) on Thursday.",
        "3:00pm (7:00am GMT)",
        "2023-04-20T15:00",
        "2023-04-20",
        "2023-04-20",
    ),
    (FRIDAY, "The two met on April 18.", "April 18", "2023-04-18", "2023-04-18", "2023-04-18"),
    (FRIDAY, "The two met on 18 April.", "18 April", "2023-04-18", "2023-04-18", "2023-04-18"),
    (FRIDAY, "The two met on the 18th of April.", "the 18th of April", "2023-04-18", "2023-04-18", "2023-04-18"),
    (FRIDAY, "The ministers will meet on May 9.", "May 9", "2023-05-09", "2023-05-09", "2023-05-09"),
    (FRIDAY, "The ministers will meet on January 9.", "January 9", "2024-01-09", "2024-01-09", "2024-01-09"),
    (FRIDAY, "The army attacked on November 3.", "November 3", "2022-11-03", "2022-11-03", "2022-11-03"),
    (NEW_YEAR, "The army attacked on Nov. 3.", "Nov. 3", "2014-11-03", "2014-11-03", "2014-11-03"),
    (NEW_YEAR, "The parliament will vote on Feb. 10.", "Feb. 10", "2015-02-10", "2015-02-10", "2015-02-10"),
    (FRIDAY, "The border closed in December.", "December", "2022-12", "2022-12-01", "2022-12-31"),
    (FRIDAY, "The border will open in June.", "June", "2023-06", "2023-06-01", "2023-06-30"),
    (SPRING, "Talks broke down last November.", "last November", "1997-11", "1997-11-01", "1997-11-30"),
    (SPRING, "Talks will resume next January.", "next January", "1999-01", "1999-01-01", "1999-01-31"),
    (SPRING, "They plan to vote this September.", "this September", "1998-09", "1998-09-01", "1998-09-30"),
    (SPRING, "The raid in April last year killed ten.", "April last year", "1997-04", "1997-04-01", "1997-04-30"),
    (
        SPRING,
        "The raid in April of this year will be judged.",
        "April of this year",
        "1998-04",
        "1998-04-01",
        "1998-04-30",
    ),
    (
        FRIDAY,
        "The two states signed on Saturday, Feb. 25.",
        "Saturday, Feb. 25",
        "2023-02-25",
        "2023-02-25",
        "2023-02-25",
    ),
    (FRIDAY, "In early March the talks failed.", "early March", "2023-03", "2023-03-01", "2023-03-10"),
    (FRIDAY, "In late November the talks failed.", "late November", "2022-11", "2022-11-21", "2022-11-30"),
    (FRIDAY, "In mid-February the talks failed.", "mid-February", "2023-02", "2023-02-11", "2023-02-20"),
    (
        FRIDAY,
        "At the beginning of March the talks failed.",
        "the beginning of March",
        "2023-03",
        "2023-03-01",
        "2023-03-10",
    ),
]

WEEKDAYS = [
    (FRIDAY, "The ministers met on Monday.", "Monday", "2023-04-17", "2023-04-17", "2023-04-17"),
    (FRIDAY, "The ministers will meet on Monday.", "Monday", "2023-04-24", "2023-04-24", "2023-04-24"),
    (FRIDAY, "The ministers are to meet on Monday.", "Monday", "2023-04-24", "2023-04-24", "2023-04-24"),
    (FRIDAY, "The ministers are expected to meet Tuesday.", "Tuesday", "2023-04-25", "2023-04-25", "2023-04-25"),
    (FRIDAY, "The meeting is scheduled for Tuesday.", "Tuesday", "2023-04-25", "2023-04-25", "2023-04-25"),
    (FRIDAY, "The envoy said he would leave on Sunday.", "Sunday", "2023-04-23", "2023-04-23", "2023-04-23"),
    (FRIDAY, "The envoy was forced to leave on Sunday.", "Sunday", "2023-04-16", "2023-04-16", "2023-04-16"),
    (FRIDAY, "The army shelled the town on Friday.", "Friday", "2023-04-21", "2023-04-21", "2023-04-21"),
    (FRIDAY, "The army shelled the town last Friday.", "last Friday", "2023-04-14", "2023-04-14", "2023-04-14"),
    (FRIDAY, "The envoy will speak next Wednesday.", "next Wednesday", "2023-04-26", "2023-04-26", "2023-04-26"),
    (FRIDAY, "The envoy will speak this Saturday.", "this Saturday", "2023-04-22", "2023-04-22", "2023-04-22"),
    (
        FRIDAY,
        "The envoy will speak this coming Monday.",
        "this coming Monday",
        "2023-04-24",
        "2023-04-24",
        "2023-04-24",
    ),
    (FRIDAY, "The envoy spoke late on Wednesday.", "late on Wednesday", "2023-04-19", "2023-04-19", "2023-04-19"),
    (FRIDAY, "The envoy spoke on Monday last week.", "Monday last week", "2023-04-10", "2023-04-10", "2023-04-10"),
    (FRIDAY, "The mayor was given until Tuesday to resign.", "Tuesday", "2023-04-25", None, "2023-04-25"),
    (FRIDAY, "They arrived on Thursday night.", "Thursday night", "2023-04-20TNI", "2023-04-20", "2023-04-20"),
    (FRIDAY, "They arrived early Thursday.", "early Thursday", "2023-04-20", "2023-04-20", "2023-04-20"),
]

DAY_WORDS = [
    (FRIDAY, "The envoy arrived yesterday.", "yesterday", "2023-04-20", "2023-04-20", "2023-04-20"),
    (FRIDAY, "The envoy arrives today.", "today", "2023-04-21", "2023-04-21", "2023-04-21"),
    (FRIDAY, "The envoy arrives tomorrow.", "tomorrow", "2023-04-22", "2023-04-22", "2023-04-22"),
    (FRIDAY, "The envoy arrives tonight.", "tonight", "2023-04-21TNI", "2023-04-21", "2023-04-21"),
    (FRIDAY, "The envoy arrived last night.", "last night", "2023-04-20TNI", "2023-04-20", "2023-04-20"),
    (FRIDAY, "The envoy arrived this morning.", "this morning", "2023-04-21TMO", "2023-04-21", "2023-04-21"),
    (
        FRIDAY,
        "They met the day before yesterday.",
        "the day before yesterday",
        "2023-04-19",
        "2023-04-19",
        "2023-04-19",
    ),
    (FRIDAY, "They meet the day after tomorrow.", "the day after tomorrow", "2023-04-23", "2023-04-23", "2023-04-23"),
    (FRIDAY, "He left late yesterday.", "late yesterday", "2023-04-20", "2023-04-20", "2023-04-20"),
    (FRIDAY, "He left yesterday afternoon.", "yesterday afternoon", "2023-04-20TAF", "2023-04-20", "2023-04-20"),
    (FRIDAY, "He left at 4 p.m. on Thursday.", "4 p.m. on Thursday", "2023-04-20T16:00", "2023-04-20", "2023-04-20"),
    (FRIDAY, "He left at 10:35 a.m. Thursday.", "10:35 a.m. Thursday", "2023-04-20T10:35", "2023-04-20", "2023-04-20"),
    (FRIDAY, "They will meet at noon tomorrow.", "noon tomorrow", "2023-04-22T12:00", "2023-04-22", "2023-04-22"),
    (FRIDAY, "On Thursday he spoke at 9:30 p.m. in Riga.", "9:30 p.m.", "2023-04-20T21:30", "2023-04-20", "2023-04-20"),
    (
        FRIDAY,
        "It fell at 10:35 a.m. (0835 GMT) Thursday.",
        "10:35 a.m. (0835 GMT)",
        "2023-04-20T10:35",
        "2023-04-20",
        "2023-04-20",
    ),
    (FRIDAY, "At 9:30 p.m. the siren went, on Wednesday.", "9:30 p.m.", "2023-04-19T21:30", "2023-04-19", "2023-04-19"),
    (FRIDAY, "The port was shelled overnight.", "overnight", "2023-04-20TNI", "2023-04-20", "2023-04-21"),
    (FRIDAY, "The strike began at 0730 GMT.", "0730 GMT", "2023-04-21T07:30", "2023-04-21", "2023-04-21"),
]

UNITS = [
    (
        FRIDAY,
        "They met in the second week of April 2019.",
        "the second week of April 2019",
        "2019-04",
        "2019-04-08",
        "2019-04-14",
    ),
    (FRIDAY, "They met in the last week of March.", "the last week of March", "2023-03", "2023-03-25", "2023-03-31"),
    (
        FRIDAY,
        "They fled on the night of April 18.",
        "the night of April 18",
        "2023-04-18TNI",
        "2023-04-18",
        "2023-04-18",
    ),
    (FRIDAY, "Trade fell last month.", "last month", "2023-03", "2023-03-01", "2023-03-31"),
    (FRIDAY, "Trade will grow next month.", "next month", "2023-05", "2023-05-01", "2023-05-31"),
    (FRIDAY, "Trade fell last week.", "last week", "2023-W15", "2023-04-10", "2023-04-16"),
    (FRIDAY, "Trade fell this week.", "this week", "2023-W16", "2023-04-17", "2023-04-23"),
    (FRIDAY, "They will vote early next week.", "early next week", "2023-W17", "2023-04-24", "2023-04-25"),
    (FRIDAY, "Trade fell last year.", "last year", "2022", "2022-01-01", "2022-12-31"),
    (FRIDAY, "The fund runs out next year.", "next year", "2024", "2024-01-01", "2024-12-31"),
    (FRIDAY, "They quarrelled earlier this year.", "earlier this year", "2023", "2023-01-01", "2023-04-20"),
    (FRIDAY, "He will retire at the end of the year.", "the end of the year", "2023", "2023-09-01", "2023-12-31"),
    (FRIDAY, "The clashes of last weekend went on.", "last weekend", "2023-W15-WE", "2023-04-15", "2023-04-16"),
    (FRIDAY, "They clashed over the weekend.", "the weekend", "2023-W15-WE", "2023-04-15", "2023-04-16"),
    (FRIDAY, "They will gather at the weekend.", "the weekend", "2023-W16-WE", "2023-04-22", "2023-04-23"),
    (
        FRIDAY,
        "Output fell in the third quarter of 1998.",
        "the third quarter of 1998",
        "1998-Q3",
        "1998-07-01",
        "1998-09-30",
    ),
    (FRIDAY, "Output fell in the first quarter.", "the first quarter", "2023-Q1", "2023-01-01", "2023-03-31"),
    (FRIDAY, "Output fell in Q2 2021.", "Q2 2021", "2021-Q2", "2021-04-01", "2021-06-30"),
    (
        FRIDAY,
        "Output fell in the second half of 2020.",
        "the second half of 2020",
        "2020-H2",
        "2020-07-01",
        "2020-12-31",
    ),
    (
        FRIDAY,
        "Output fell in the first half of last year.",
        "the first half of last year",
        "2022-H1",
        "2022-01-01",
        "2022-06-30",
    ),
    (FRIDAY, "They built it in the summer of 1999.", "the summer of 1999", "1999-SU", "1999-06-01", "1999-08-31"),
    (FRIDAY, "The rebels lost the town last autumn.", "last autumn", "2022-FA", "2022-09-01", "2022-11-30"),
    (FRIDAY, "They will attack this summer.", "this summer", "2023-SU", "2023-06-01", "2023-08-31"),
    (FRIDAY, "The wars of the 1990s broke the federation.", "the 1990s", "199", "1990-01-01", "1999-12-31"),
    (FRIDAY, "In the early 1980s they were allies.", "the early 1980s", "198", "1980-01-01", "1983-12-31"),
    (FRIDAY, "In the mid-1970s they were allies.", "the mid-1970s", "197", "1974-01-01", "1976-12-31"),
    (FRIDAY, "In the nineties they were allies.", "the nineties", "199", "1990-01-01", "1999-12-31"),
    (FRIDAY, "In the 19th century they were allies.", "the 19th century", "18", "1800-01-01", "1899-12-31"),
    (
        SPRING,
        "It was the week of March 2 that changed it.",
        "the week of March 2",
        "1998-W10",
        "1998-03-02",
        "1998-03-08",
    ),
    (FRIDAY, "They will quarrel later this month.", "later this month", "2023-04", "2023-04-21", "2023-04-30"),
    (
        FRIDAY,
        "They quarrelled on the last day of January.",
        "the last day of January",
        "2023-01-31",
        "2023-01-31",
        "2023-01-31",
    ),
    (SPRING, "He was jailed last February.", "last February", "1997-02", "1997-02-01", "1997-02-28"),
    (FRIDAY, "In the spring of 1997 they broke.", "the spring of 1997", "1997-SP", "1997-03-01", "1997-05-31"),
    (FRIDAY, "They have called a strike for Wednesday.", "Wednesday", "2023-04-26", "2023-04-26", "2023-04-26"),
    (FRIDAY, "They tried to break through on Tuesday.", "Tuesday", "2023-04-18", "2023-04-18", "2023-04-18"),
    (FRIDAY, "The mob set the shop alight on Wednesday.", "Wednesday", "2023-04-19", "2023-04-19", "2023-04-19"),
    (FRIDAY, "He will close the file by year-end.", "year-end", "2023", None, "2023-12-31"),
]

STEPS = [
    (FRIDAY, "The pact lapsed a year ago.", "a year ago", "2022", "2022-01-01", "2022-12-31"),
    (FRIDAY, "The pact lapsed at least a year ago.", "at least a year ago", "2022", None, "2022-12-31"),
    (FRIDAY, "The pact lapsed two decades ago.", "two decades ago", "2003", "2003-01-01", "2003-12-31"),
    (FRIDAY, "The pact lapsed five months ago.", "five months ago", "2022-11", "2022-11-01", "2022-11-30"),
    (FRIDAY, "The pact lapsed six weeks ago.", "six weeks ago", "2023-W10", "2023-03-06", "2023-03-12"),
    (FRIDAY, "The pact lapsed three days ago.", "three days ago", "2023-04-18", "2023-04-18", "2023-04-18"),
    (FRIDAY, "The pact lapsed a week or so ago.", "a week or so ago", "2023-W15", "2023-04-10", "2023-04-16"),
    (FRIDAY, "The pact lapsed several years ago.", "several years ago", "PAST_REF", None, "2023-04-21"),
    (FRIDAY, "The pact lapses ten days from now.", "ten days from now", "2023-05-01", "2023-05-01", "2023-05-01"),
    (
        FRIDAY,
        "He fled on March 5. Two days later he was caught.",
        "Two days later",
        "2023-03-07",
        "2023-03-07",
        "2023-03-07",
    ),
    (
        FRIDAY,
        "He fled on March 5. Two days earlier she fled.",
        "Two days earlier",
        "2023-03-03",
        "2023-03-03",
        "2023-03-03",
    ),
    (
        FRIDAY,
        "He fled on March 5. She had fled the day before.",
        "the day before",
        "2023-03-04",
        "2023-03-04",
        "2023-03-04",
    ),
    (FRIDAY, "He fled on March 5. The next day she fled.", "The next day", "2023-03-06", "2023-03-06", "2023-03-06"),
    (
        FRIDAY,
        "He fled in May 2020. She fled the following month.",
        "the following month",
        "2020-06",
        "2020-06-01",
        "2020-06-30",
    ),
    (FRIDAY, "He fled in 2014. She had fled a year earlier.", "a year earlier", "2013", "2013-01-01", "2013-12-31"),
    (FRIDAY, "Profit fell in the first quarter from a year ago.", "a year ago", "2022-Q1", "2022-01-01", "2022-03-31"),
]

LENGTHS = [
    (FRIDAY, "The siege lasted two weeks.", "two weeks", "P2W", None, None),
    (FRIDAY, "He ruled for nearly forty years.", "nearly forty years", "P40Y", None, None),
    (FRIDAY, "The siege lasted several months.", "several months", "PXM", None, None),
    (FRIDAY, "They waited for 5 1/2 hours.", "5 1/2 hours", "PT5H30M", None, None),
    (FRIDAY, "They held a three-day summit.", "three-day", "P3D", None, None),
    (FRIDAY, "He served for a couple of years.", "a couple of years", "P2Y", None, None),
    (FRIDAY, "They waited for more than an hour.", "more than an hour", "PT1H", None, None),
    (FRIDAY, "They fought for twenty-five years.", "twenty-five years", "P25Y", None, None),
    (FRIDAY, "They fought for a hundred years.", "a hundred years", "P100Y", None, None),
    (FRIDAY, "They fought for two and a half years.", "two and a half years", "P2Y6M", None, None),
    (FRIDAY, "The army lost ground in the past two weeks.", "the past two weeks", "P2W", "2023-04-07", "2023-04-21"),
    (
        FRIDAY,
        "It will build ten ships in the next five years.",
        "the next five years",
        "P5Y",
        "2023-04-21",
        "2028-04-21",
    ),
    (FRIDAY, "Kyiv must answer within two months.", "two months", "P2M", "2023-04-21", "2023-06-21"),
    (FRIDAY, "They fought for decades.", "decades", "PXE", None, None),
]

VAGUE = [
    (FRIDAY, "The two states are now allies.", "now", "PRESENT_REF", "2023-04-21", "2023-04-21"),
    (FRIDAY, "He is currently in Vilnius.", "currently", "PRESENT_REF", "2023-04-21", "2023-04-21"),
    (FRIDAY, "He recently met the exile.", "recently", "PAST_REF", None, "2023-04-21"),
    (FRIDAY, "He has lately met the exile.", "lately", "PAST_REF", None, "2023-04-21"),
    (FRIDAY, "He will soon meet the exile.", "soon", "FUTURE_REF", "2023-04-21", None),
    (FRIDAY, "They grew apart in recent years.", "recent years", "PAST_REF", None, "2023-04-21"),
    (FRIDAY, "They will meet in the coming weeks.", "the coming weeks", "FUTURE_REF", "2023-04-21", None),
    (FRIDAY, "They may reconcile in the near future.", "the near future", "FUTURE_REF", "2023-04-21", None),
    (FRIDAY, "The envoys meet every Monday.", "every Monday", "XXXX-WXX-1", None, None),
    (FRIDAY, "The envoys meet annually.", "annually", "P1Y", None, None),
    (FRIDAY, "The envoys meet every two weeks.", "every two weeks", "P2W", None, None),
    (FRIDAY, "The envoys meet on Mondays.", "Mondays", "XXXX-WXX-1", None, None),
    (FRIDAY, "The envoys meet each year.", "each year", "P1Y", None, None),
]

BOUNDS = [
    (FRIDAY, "The ban will hold from Monday.", "Monday", "2023-04-24", "2023-04-24", None),
    (FRIDAY, "A letter from March 2020 proves it.", "March 2020", "2020-03", "2020-03-01", "2020-03-31"),
    (FRIDAY, "The two have been rivals since at least 2014.", "2014", "2014", "2014-01-01", None),
    (FRIDAY, "The troops must leave no later than 1 July.", "1 July", "2023-07-01", None, "2023-07-01"),
    (FRIDAY, "The curfew was in force as of Monday.", "Monday", "2023-04-17", "2023-04-17", None),
    (FRIDAY, "The two were rivals until at least 2016.", "2016", "2016", None, "2016-12-31"),
    (
        FRIDAY,
        "He fell on March 5, 2020. Later that year he rose.",
        "Later that year",
        "2020",
        "2020-03-06",
        "2020-12-31",
    ),
    (FRIDAY, "He has led the party since December.", "December", "2022-12", "2022-12-01", None),
    (FRIDAY, "A curfew holds from 9 July until further notice.", "9 July", "2023-07-09", "2023-07-09", None),
    (FRIDAY, "He has led the party since 2019.", "2019", "2019", "2019-01-01", None),
    (FRIDAY, "The truce holds until March 2024.", "March 2024", "2024-03", None, "2024-03-31"),
    (FRIDAY, "The two were allies before 2020.", "2020", "2020", None, "2019-12-31"),
    (FRIDAY, "The two became rivals after 2020.", "2020", "2020", "2021-01-01", None),
    (FRIDAY, "The troops must leave by May 9.", "May 9", "2023-05-09", None, "2023-05-09"),
    (FRIDAY, "The troops must leave by the end of the year.", "the end of the year", "2023", None, "2023-12-31"),
    (FRIDAY, "The order of pre-1939 Europe fell.", "pre-1939", "1939", None, "1938-12-31"),
]

RANGES = [
    (FRIDAY, "They fought from late March to early May 2008.", "late March", "2008-03", "2008-03-21", "2008-05-10"),
    (FRIDAY, "They talked from Monday to Wednesday.", "Monday", "2023-04-17", "2023-04-17", "2023-04-19"),
    (FRIDAY, "It rained in the past 48 hours.", "the past 48 hours", "PT48H", "2023-04-19", "2023-04-21"),
    (FRIDAY, "He toured Asia from May 3 to 5.", "May 3 to 5", "2023-05-03", "2023-05-03", "2023-05-05"),
    (FRIDAY, "He will tour Asia from May 3 to June 5.", "May 3", "2023-05-03", "2023-05-03", "2023-06-05"),
    (FRIDAY, "He will tour Asia from May 3 to June 5.", "June 5", "2023-06-05", "2023-05-03", "2023-06-05"),
    (FRIDAY, "1994 – 1998: diplomatic service in Moscow", "1994", "1994", "1994-01-01", "1998-12-31"),
    (FRIDAY, "1994 – 1998: diplomatic service in Moscow", "1998", "1998", "1994-01-01", "1998-12-31"),
    (FRIDAY, "The two fought between 2014 and 2016.", "2014", "2014", "2014-01-01", "2016-12-31"),
    (FRIDAY, "The two fought in the 2014-16 war.", "2014-16", "2014", "2014-01-01", "2016-12-31"),
    (FRIDAY, "The two fought in May-June 2008.", "May", "2008-05", "2008-05-01", "2008-06-30"),
    (FRIDAY, "The two fought in May and June 2008.", "May", "2008-05", "2008-05-01", "2008-05-31"),
    (FRIDAY, "The two fought on 3-5 May 2008.", "3-5 May 2008", "2008-05-03", "2008-05-03", "2008-05-05"),
]

FEASTS = [
    (FRIDAY, "He spoke on Christmas Eve.", "Christmas Eve", "2022-12-24", "2022-12-24", "2022-12-24"),
    (FRIDAY, "He spoke on New Year's Eve.", "New Year's Eve", "2022-12-31", "2022-12-31", "2022-12-31"),
    (FRIDAY, "The New Year's address angered Moscow.", "New Year's", "2023-01-01", "2023-01-01", "2023-01-01"),
    (NEW_YEAR, "They met on Thanksgiving.", "Thanksgiving", "2014-11-27", "2014-11-27", "2014-11-27"),
    (FRIDAY, "The truce began on Orthodox Easter.", "Orthodox Easter", "2023-04-16", "2023-04-16", "2023-04-16"),
    (FRIDAY, "The truce began on Good Friday.", "Good Friday", "2023-04-07", "2023-04-07", "2023-04-07"),
    (FRIDAY, "The truce began on Easter Monday.", "Easter Monday", "2023-04-10", "2023-04-10", "2023-04-10"),
    (FRIDAY, "The world changed on 9/11.", "9/11", "2001-09-11", "2001-09-11", "2001-09-11"),
]

OPEN = [
    (None, "The ministers met on Monday.", "Monday", "XXXX-WXX-1", None, None),
    (None, "The ministers met on April 18.", "April 18", "XXXX-04-18", None, None),
    (None, "The ministers met in April.", "April", "XXXX-04", None, None),
    (None, "The ministers met yesterday.", "yesterday", "XXXX-XX-XX", None, None),
    (None, "The ministers met last week.", "last week", "XXXX-WXX", None, None),
    (None, "The ministers met last year.", "last year", "XXXX", None, None),
    (None, "The ministers met at least a year ago.", "at least a year ago", "XXXX", None, None),
    (None, "The ministers met recently.", "recently", "PAST_REF", None, None),
    (None, "The ministers met in April 2020.", "April 2020", "2020-04", "2020-04-01", "2020-04-30"),
    (
        None,
        "It fell on May 3, 2020. Two days later he fled.",
        "Two days later",
        "2020-05-05",
        "2020-05-05",
        "2020-05-05",
    ),
]

PHRASES = (
    FULL_DATES + YEARLESS + WEEKDAYS + DAY_WORDS + UNITS + STEPS + LENGTHS + VAGUE + BOUNDS + RANGES + FEASTS + OPEN
)

NOT_DATES = [
    ("The 23-year-old envoy resigned.", "23"),
    ("The envoy, 54 years old, resigned.", "54 years"),
    ("They sent 2000 troops to the border.", "2000"),
    ("Theresa May met him.", "May"),
    ("The talks may fail.", "may"),
    ("Protesters march through the city.", "march"),
    ("The wall might fall.", "fall"),
    ("The fall of Kabul stunned them.", "fall"),
    ("Saigon's fall stunned them.", "fall"),
    ("The parties marked the 50th anniversary of the pact.", "50th"),
    ("They pay $5 a barrel and 20 cents a day.", "a day"),
    ("A quarter of the voters stayed away.", "A quarter"),
    ("He left as soon as he could.", "soon"),
    ("They were in second place.", "second"),
    ("Resolution 1990 was adopted.", "1990"),
]


@pytest.fixture(scope="module")
def dates_of(codebook: Codebook) -> Callable[..., tuple[DatePhrase, ...]]:
    """A function that reads a text by the stages that dates need and returns its dates."""
    reader = Pipeline((CLEAN, parse_stage(DEFAULT_MODEL), DATE), codebook)

    def read(text: str, published: str | None = FRIDAY) -> tuple[DatePhrase, ...]:
        day = date.fromisoformat(published) if published else None
        article = Article(id="article-1", source="test", text=text, published=day, language="en")
        return reader.read([Document(article=article)])[0].dates or ()

    return read


@pytest.mark.parametrize(("published", "text", "phrase", "value", "start", "end"), PHRASES)
def test_a_phrase_has_its_value_and_its_days(
    dates_of: Callable[..., tuple[DatePhrase, ...]],
    published: str | None,
    text: str,
    phrase: str,
    value: str,
    start: str | None,
    end: str | None,
) -> None:
    """Each phrase is found where it stands, with its TIMEX3 value and its days."""
    found = {d.span.text: d for d in dates_of(text, published)}
    assert phrase in found
    assert found[phrase].value == value
    when = found[phrase].when
    days = (None, None) if when is None else (when.start, when.end)
    assert tuple(d and d.isoformat() for d in days) == (start, end)


@pytest.mark.parametrize(("text", "words"), NOT_DATES)
def test_words_that_only_look_like_a_time_are_passed_over(
    dates_of: Callable[..., tuple[DatePhrase, ...]], text: str, words: str
) -> None:
    """Ages, counts, names, verbs, fractions and anniversaries are no time expressions."""
    assert all(words not in d.span.text for d in dates_of(text))


def test_the_table_is_of_the_size_that_was_asked_for() -> None:
    """At least 150 phrases are checked."""
    assert len(PHRASES) >= 150


@pytest.mark.parametrize(
    ("text", "phrase", "precision", "words"),
    [
        ("He has led it since December.", "December", "after", "since December"),
        ("He led it from 1994 to 1998.", "1994", "year", "from 1994 to 1998"),
        ("The troops must leave by May 9.", "May 9", "before", "by May 9"),
        ("Kyiv must answer within two months.", "two months", "before", "within two months"),
        ("Trade fell last week.", "last week", "week", "last week"),
        ("Trade fell last month.", "last month", "month", "last month"),
        ("They built it in the summer of 1999.", "the summer of 1999", "quarter", "the summer of 1999"),
        ("In the early 1980s they were allies.", "the early 1980s", "approximate", "the early 1980s"),
        ("The pact lapsed a year ago.", "a year ago", "approximate", "a year ago"),
    ],
)
def test_the_words_that_decide_the_days_are_kept(
    dates_of: Callable[..., tuple[DatePhrase, ...]], text: str, phrase: str, precision: str, words: str
) -> None:
    """`when` carries its precision and the whole words, with their preposition or as the whole range."""
    when = next(d.when for d in dates_of(text) if d.span.text == phrase)
    assert when is not None
    assert when.phrase is not None
    assert (when.precision, when.phrase.text) == (precision, words)


def test_a_date_that_needs_the_article_says_so(dates_of: Callable[..., tuple[DatePhrase, ...]]) -> None:
    """`anchored` parts what stands by itself from what was counted from the article's day."""
    dates = {d.span.text: d.anchored for d in dates_of("They met on May 3, 2020, and again yesterday.")}
    assert dates == {"May 3, 2020": False, "yesterday": True}


def test_a_fixed_day_is_never_todays(dates_of: Callable[..., tuple[DatePhrase, ...]]) -> None:
    """Without a date of publication nothing is counted from the day on which the program runs."""
    dates = dates_of("He left yesterday, on Monday, last week and a month ago; he will come soon.", None)
    assert len(dates) == 5
    assert all(d.when is None and d.anchored for d in dates)
    assert all(str(date.today().year) not in d.value for d in dates)
