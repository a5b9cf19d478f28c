"""Many wordings of one state: what newswire says of ambassadors, embassies, borders, trade and treaties, on own sentences."""

from __future__ import annotations

from datetime import date

from dragoman.codebook import Codebook
from dragoman.read import Pipeline
from dragoman.record import Article, Document
from dragoman.record.text import article_id
from dragoman.relate import build_history, states_on

SHARE = 0.9
"""The least share of the wordings from which the state is read."""
DAY = date(2022, 3, 10)
WORDINGS = [
    ("Sudan on Friday withdrew its ambassador from Chad for consultations.", "SDN TCD ambassador recalled"),
    ("Beijing has ordered its ambassador in Vilnius home in protest.", "CHN LTU ambassador recalled"),
    (
        "China said it was recalling its ambassador to Lithuania and demanded that Vilnius do the same.",
        "CHN LTU ambassador recalled",
    ),
    (
        "China's foreign ministry announced that the ambassador to Lithuania, Li Wen, had been called back to Beijing.",
        "CHN LTU ambassador recalled",
    ),
    ("Norway has brought its envoy home from Minsk. Belarus protested.", "NOR BLR ambassador recalled"),
    (
        "Bolivia is without the Peruvian ambassador. Peru called him home for consultations on Monday.",
        "PER BOL ambassador recalled",
    ),
    ("Peru's ambassador to Bolivia flew home for consultations on Monday.", "PER BOL ambassador recalled"),
    (
        "The recall of the Indian high commissioner from Ottawa was announced on Monday. Canada is sorry.",
        "IND CAN ambassador recalled",
    ),
    ("India pulled its high commissioner out of Canada on Monday.", "IND CAN ambassador withdrawn"),
    ("Armenia summoned home its ambassador to Hungary on Monday.", "ARM HUN ambassador recalled"),
    ("Morocco called its ambassador in Berlin back to Rabat for consultations.", "MAR DEU ambassador recalled"),
    ("Morocco has recalled its envoys from Germany and Spain.", "MAR DEU ambassador recalled"),
    (
        "Since May the Moroccan ambassador to Germany has been in Rabat, recalled for consultations.",
        "MAR DEU ambassador recalled",
    ),
    ("Canada expelled India's high commissioner on Monday.", "IND CAN ambassador expelled"),
    ("Bolivia declared the American ambassador persona non grata on Monday.", "USA BOL ambassador expelled"),
    ("The Venezuelan ambassador was given 72 hours to leave Colombia.", "VEN COL ambassador expelled"),
    ("Ecuador threw the Argentine ambassador out on Tuesday.", "ARG ECU ambassador expelled"),
    ("Niger ordered the French ambassador to leave the country within 48 hours.", "FRA NER ambassador expelled"),
    ("Niger's rulers ordered the expulsion of the French ambassador.", "FRA NER ambassador expelled"),
    ("Bahrain ordered Iran's ambassador out of the country on Monday.", "IRN BHR ambassador expelled"),
    ("Sudan and Chad exchanged ambassadors on Sunday.", "SDN TCD ambassador accredited"),
    ("Sudan's ambassador returned to N'Djamena on Sunday. Chad welcomed him.", "SDN TCD ambassador accredited"),
    ("Chad's new ambassador arrived in Khartoum on Sunday.", "TCD SDN ambassador accredited"),
    ("Sudan and Chad have ambassadors in each other's capitals again.", "SDN TCD ambassador accredited"),
    ("The Iranian ambassador to Kuwait resumed his duties on Monday.", "IRN KWT ambassador accredited"),
    (
        "Iran's ambassador, Ali Rezai, took office in Abu Dhabi on Monday, six years after he was "
        "withdrawn. The Emirates welcomed him.",
        "IRN ARE ambassador accredited",
    ),
    (
        "Bolivia's president received the credentials of the new ambassador of Chile on Monday.",
        "CHL BOL ambassador accredited",
    ),
    ("Morocco's ambassador is back in Berlin. Germany was pleased.", "MAR DEU ambassador accredited"),
    ("India has sent its high commissioner back to Ottawa. Canada did the same.", "IND CAN ambassador accredited"),
    ("India's high commissioner has resumed work in Ottawa. Canada was told.", "IND CAN ambassador accredited"),
    ("Turkey accredited a new ambassador to Egypt on Monday.", "TUR EGY ambassador accredited"),
    (
        "Egypt's ambassador went back to Ankara on Monday after ten years. Turkey was pleased.",
        "EGY TUR ambassador accredited",
    ),
    ("Egypt and Turkey have been without ambassadors since 2013.", "EGY TUR ambassador withdrawn"),
    (
        "There has been no Egyptian ambassador in Ankara since 2013. Turkey does not mind.",
        "EGY TUR ambassador withdrawn",
    ),
    ("Chad on Friday broke off diplomatic relations with Sudan.", "TCD SDN diplomatic_relations severed"),
    ("Chad has broken with Sudan.", "TCD SDN diplomatic_relations severed"),
    ("Chad cut diplomatic ties with Sudan on Friday.", "TCD SDN diplomatic_relations severed"),
    ("Sudan has severed ties with Chad for the second time.", "SDN TCD diplomatic_relations severed"),
    (
        "Sudan's president announced on Sunday the severing of diplomatic relations with Chad.",
        "SDN TCD diplomatic_relations severed",
    ),
    (
        "Diplomatic relations between Chad and Sudan were broken off in April 2006.",
        "TCD SDN diplomatic_relations severed",
    ),
    ("Chad ruptured its diplomatic relations with Sudan on Friday.", "TCD SDN diplomatic_relations severed"),
    ("Chad and Sudan agreed on Tuesday to restore diplomatic relations.", "TCD SDN diplomatic_relations established"),
    ("Chad and Sudan resumed diplomatic relations on Tuesday.", "TCD SDN diplomatic_relations established"),
    ("Relations between Chad and Sudan have been fully normalised.", "TCD SDN diplomatic_relations established"),
    ("Diplomatic relations between Bahrain and Qatar have resumed.", "BHR QAT diplomatic_relations established"),
    (
        "Bahrain and Qatar decided on Wednesday to resume diplomatic relations.",
        "BHR QAT diplomatic_relations established",
    ),
    ("Armenia and Turkey have no diplomatic relations.", "ARM TUR diplomatic_relations none"),
    ("Armenia and Turkey have never had diplomatic relations.", "ARM TUR diplomatic_relations none"),
    ("Armenia and Turkey never established diplomatic relations.", "ARM TUR diplomatic_relations none"),
    (
        "Diplomatic relations between Israel and Morocco were established in December 2020.",
        "ISR MAR diplomatic_relations established",
    ),
    (
        "Bhutan and Israel established full diplomatic relations on Saturday.",
        "BTN ISR diplomatic_relations established",
    ),
    ("Chad closed its embassy in Khartoum on Friday.", "TCD SDN embassy closed"),
    (
        "Lithuania's embassy in Beijing has stood empty since December. China keeps an eye on it.",
        "LTU CHN embassy closed",
    ),
    ("Colombia shut its embassy in Caracas and brought all its diplomats home.", "COL VEN embassy closed"),
    (
        "The last Lithuanian diplomats left Beijing on Wednesday and the embassy is closed. China said nothing.",
        "LTU CHN embassy closed",
    ),
    ("Qatar reopened its embassy in Cairo on Tuesday. Egypt sent a minister.", "QAT EGY embassy open"),
    (
        "The flag of Iran was raised over the embassy in Riyadh, which reopened on Tuesday. Saudi Arabia sent an official.",
        "IRN SAU embassy open",
    ),
    ("Iran's embassy in Riyadh reopened on Tuesday. Saudi Arabia sent a minister.", "IRN SAU embassy open"),
    (
        "The Iranian embassy in Riyadh opened its doors again on Tuesday. Saudi Arabia sent a minister.",
        "IRN SAU embassy open",
    ),
    ("Australia opened an embassy in Tuvalu on Monday.", "AUS TUV embassy open"),
    (
        "China has downgraded its relations with Lithuania to the level of charge d'affaires.",
        "CHN LTU embassy downgraded",
    ),
    (
        "China is angry with Lithuania. Beijing reduced its representation in Vilnius to the rank of a "
        "chargé d'affaires on Sunday.",
        "CHN LTU embassy downgraded",
    ),
    ("China lowered the level of its diplomatic relations with Lithuania on Sunday.", "CHN LTU embassy downgraded"),
    (
        "A chargé d'affaires has run the Chinese embassy in Vilnius since November. Lithuania regrets it.",
        "CHN LTU embassy downgraded",
    ),
    ("Spain has never recognised Kosovo.", "ESP XKX recognition not_recognised"),
    ("Spain does not recognise Kosovo.", "ESP XKX recognition not_recognised"),
    ("Malaysia recognised Kosovo on Friday.", "MYS XKX recognition recognised"),
    ("Norway formally recognised Palestine on Tuesday.", "NOR PSE recognition recognised"),
    ("Burundi withdrew its recognition of Kosovo on Tuesday.", "BDI XKX recognition not_recognised"),
    ("Canada imposed sanctions on Belarus on Monday.", "CAN BLR sanctions in_force"),
    ("Canada lifted its sanctions on Belarus on Monday.", "CAN BLR sanctions lifted"),
    ("Canada's sanctions on Belarus have been in force since 2020.", "CAN BLR sanctions in_force"),
    ("The United States eased some of its sanctions on Venezuela on Monday.", "USA VEN sanctions eased"),
    ("American sanctions on Sudan were lifted in October 2017.", "USA SDN sanctions lifted"),
    ("Japan froze the assets of forty Russian officials on Monday.", "JPN RUS sanctions in_force"),
    ("China suspended imports of beef from Lithuania on Wednesday.", "CHN LTU trade restricted"),
    ("China has stopped buying Lithuanian milk.", "CHN LTU trade restricted"),
    ("Chinese customs no longer clear goods from Lithuania.", "CHN LTU trade restricted"),
    ("China blocked Lithuanian goods at its ports on Wednesday.", "CHN LTU trade restricted"),
    ("China has lifted most of its restrictions on Lithuanian goods.", "CHN LTU trade restricted"),
    ("China lifted its ban on Australian coal on Tuesday.", "CHN AUS trade open"),
    ("Trade between Chad and Sudan flows normally again.", "TCD SDN trade open"),
    ("Pakistan suspended all bilateral trade with India on Wednesday.", "PAK IND trade suspended"),
    ("All trade between India and Pakistan has stopped.", "IND PAK trade suspended"),
    ("Algeria banned all imports from Spain on Wednesday.", "DZA ESP trade suspended"),
    ("Algeria resumed trade with Spain on Monday.", "DZA ESP trade open"),
    ("India doubled its tariffs on goods from Pakistan.", "IND PAK trade restricted"),
    ("Turkey has imposed an embargo on Armenia since 1993.", "TUR ARM trade suspended"),
    ("Chad closed its border with Sudan on Friday.", "TCD SDN border closed"),
    ("The border between Turkey and Armenia has been closed since 1993.", "TUR ARM border closed"),
    ("Turkey keeps its border with Armenia closed.", "TUR ARM border closed"),
    ("Turkey sealed its frontier with Armenia in April 1993.", "TUR ARM border closed"),
    ("Colombia and Venezuela reopened their border on Monday.", "COL VEN border open"),
    ("The border between Colombia and Venezuela reopened on Monday.", "COL VEN border open"),
    ("The frontier between Chad and Sudan is open again.", "TCD SDN border open"),
    ("Chad and Sudan opened the road across their border to traffic on Wednesday.", "TCD SDN border open"),
    (
        "The crossing was opened for pedestrians only. Colombia and Venezuela share it on the border.",
        "COL VEN border restricted",
    ),
    ("Chad and Sudan signed a peace agreement in Dakar on Thursday.", "TCD SDN agreement signed"),
    ("The accord between Chad and Sudan took effect on Thursday.", "TCD SDN agreement in_force"),
    ("The trade agreement between Israel and Georgia entered into force on Monday.", "ISR GEO agreement in_force"),
    ("India suspended the Indus Waters Treaty with Pakistan on Wednesday.", "IND PAK agreement suspended"),
    ("Algeria suspended its treaty of friendship with Spain on Wednesday.", "DZA ESP agreement suspended"),
    ("Russia withdrew from the grain deal with Ukraine on Monday.", "RUS UKR agreement terminated"),
    ("The treaty of friendship between Algeria and Spain was suspended in June 2021.", "DZA ESP agreement suspended"),
    ("Ukraine terminated the treaty of friendship with Russia.", "UKR RUS agreement terminated"),
    ("Armenia's parliament ratified the treaty with Turkey on Thursday.", "ARM TUR agreement in_force"),
    ("Chad has declared that it is in a state of war with Sudan.", "TCD SDN hostilities active"),
    ("Chadian aircraft bombed positions inside Sudan on Friday.", "TCD SDN hostilities active"),
    ("Armenia and Azerbaijan agreed on a ceasefire that took effect on Tuesday.", "ARM AZE hostilities ceasefire"),
    ("A ceasefire between Armenia and Azerbaijan came into force at midnight.", "ARM AZE hostilities ceasefire"),
    ("Armenia and Azerbaijan declared a ceasefire on Tuesday.", "ARM AZE hostilities ceasefire"),
    ("Fighting broke out again between Armenia and Azerbaijan on Tuesday.", "ARM AZE hostilities active"),
    ("Azerbaijan's army attacked Armenian positions on Tuesday.", "AZE ARM hostilities active"),
    ("The truce between Armenia and Azerbaijan has held for a year.", "ARM AZE hostilities ceasefire"),
    ("The war between Iran and Iraq ended in August 1988.", "IRN IRQ hostilities none"),
    ("India and Pakistan agreed on Saturday to stop all firing.", "IND PAK hostilities ceasefire"),
    (
        "Chad and Sudan are at odds. On Friday President Idriss Deby closed the frontier with his neighbour.",
        "TCD SDN border closed",
    ),
    (
        "Chad and Sudan have been reconciled. Khartoum and N'Djamena restored their diplomatic relations on Tuesday.",
        "TCD SDN diplomatic_relations established",
    ),
    ("Chad accuses Sudan. N'Djamena broke off relations on Friday and closed the border.", "TCD SDN border closed"),
    (
        "Chad accuses Sudan. N'Djamena broke off relations on Friday and closed the border.",
        "TCD SDN diplomatic_relations severed",
    ),
    (
        "Sudan quarrels with Chad. It cut relations with its western neighbour on Sunday.",
        "SDN TCD diplomatic_relations severed",
    ),
    ("Sudan and Chad made up on Sunday. The ambassadors are back at their posts.", "SDN TCD ambassador accredited"),
    ("Sudan and Chad made up. Ambassadors were exchanged on Sunday.", "SDN TCD ambassador accredited"),
    ("Sudan and Chad made up. Both embassies have been open again since Sunday.", "SDN TCD embassy open"),
    ("Sudan and Chad quarrel. Their border, closed in April, stays shut.", "SDN TCD border closed"),
    ("Sudan and Chad made up. The border, shut for seven years, was reopened on Wednesday.", "SDN TCD border open"),
    (
        "China is angry with Lithuania. Its ambassador, Shen Bo, was called back to Beijing on Tuesday.",
        "CHN LTU ambassador recalled",
    ),
    ("Lithuania is not liked in China. Its ambassador was told to leave Beijing.", "LTU CHN ambassador expelled"),
    (
        "Lithuania said on Friday that it had recalled its ambassador from China for consultations.",
        "LTU CHN ambassador recalled",
    ),
    (
        "China punishes Lithuania. Since December its customs have refused to clear Lithuanian goods.",
        "CHN LTU trade restricted",
    ),
    ("China punishes Lithuania. Exports to China have been blocked since December.", "CHN LTU trade restricted"),
    ("China and Lithuania trade again. Most of the restrictions were lifted in November.", "CHN LTU trade restricted"),
    ("China and Lithuania quarrel. The two embassies are run by chargés d'affaires.", "CHN LTU embassy downgraded"),
    ("Algeria and Morocco are neighbours. Their border has been closed since 1994.", "DZA MAR border closed"),
    ("Morocco is angry with Germany. Rabat recalled its ambassador on Thursday.", "MAR DEU ambassador recalled"),
    ("Morocco made up with Germany. Its ambassador is back in Berlin.", "MAR DEU ambassador accredited"),
    (
        "India and Canada quarrel. Ottawa expelled the high commissioner, Sanjay Verma, on Monday.",
        "IND CAN ambassador expelled",
    ),
    ("India and Canada made up. New high commissioners have taken up their posts.", "IND CAN ambassador accredited"),
    (
        "Armenia and Azerbaijan fought for six weeks. Since 10 November 2020 a ceasefire has been in force.",
        "ARM AZE hostilities ceasefire",
    ),
    (
        "Colombia and Venezuela parted in 2019. They have had no diplomatic relations since.",
        "COL VEN diplomatic_relations none",
    ),
    (
        "Colombia and Venezuela made up. Gustavo Petro's ambassador, Armando Benedetti, took up his post in Caracas on Sunday.",
        "COL VEN ambassador accredited",
    ),
    (
        "Colombia and Venezuela made up. Ambassador Felix Plasencia presented his credentials in Bogota on Monday.",
        "VEN COL ambassador accredited",
    ),
    (
        "Colombia and Venezuela made up. Lorries crossed the bridge, and the border is open to goods again.",
        "COL VEN border open",
    ),
    (
        "Peru and Bolivia are at odds. Peru has called its ambassador home and asked Bolivia to do the same.",
        "PER BOL ambassador recalled",
    ),
    (
        "Bolivia's ambassador to Peru, Ana Rojas, came home on Friday for consultations, as the foreign "
        "ministry in La Paz put it.",
        "BOL PER ambassador recalled",
    ),
    (
        "Peru quarrels with Bolivia. Ambassador Ana Rojas left Lima on Friday, called home by La Paz. Bolivia gave no reason.",
        "BOL PER ambassador recalled",
    ),
    ("Bolivia has summoned Ana Rojas, its ambassador to Peru, home for consultations.", "BOL PER ambassador recalled"),
    (
        "Bolivia's ambassador to Peru has been home since Friday, recalled for consultations.",
        "BOL PER ambassador recalled",
    ),
    ("Peru asked Bolivia's ambassador to leave and called its own ambassador home.", "BOL PER ambassador expelled"),
    ("Peru asked Bolivia's ambassador to leave and called its own ambassador home.", "PER BOL ambassador recalled"),
    (
        "Peru and Bolivia parted in anger. Each side sent the other's ambassador home on Friday.",
        "PER BOL ambassador expelled",
    ),
    ("Peru and Bolivia parted in anger. Both ambassadors were recalled on Friday.", "PER BOL ambassador recalled"),
    (
        "Peru and Bolivia parted in anger. Both governments recalled their ambassadors on Friday.",
        "PER BOL ambassador recalled",
    ),
    (
        "Peru and Bolivia parted in anger. The two countries have withdrawn their ambassadors.",
        "PER BOL ambassador withdrawn",
    ),
    (
        "Peru and Bolivia have made up. The two ambassadors returned to their posts on Sunday.",
        "PER BOL ambassador accredited",
    ),
    ("Peru and Bolivia have made up. Their ambassadors returned on Sunday.", "PER BOL ambassador accredited"),
    (
        "Peru and Bolivia have made up. Ambassadors went back to both capitals on Sunday.",
        "PER BOL ambassador accredited",
    ),
    (
        "Peru and Bolivia have made up. Each has an ambassador in the other's capital again.",
        "PER BOL ambassador accredited",
    ),
    (
        "Peru and Bolivia have made up. Since Sunday the two have had ambassadors again.",
        "PER BOL ambassador accredited",
    ),
    (
        "Peru and Bolivia have made up. On Sunday Luis Soto, the new ambassador of Peru, handed his "
        "credentials to the president of Bolivia.",
        "PER BOL ambassador accredited",
    ),
    (
        "Peru's first ambassador in La Paz for six years, Luis Soto, began work on Monday. Bolivia sent flowers.",
        "PER BOL ambassador accredited",
    ),
    (
        "Luis Soto became Peru's ambassador to Bolivia on Monday, when he presented his letters.",
        "PER BOL ambassador accredited",
    ),
    ("Peru has had an ambassador in Bolivia again since Monday.", "PER BOL ambassador accredited"),
    ("The post of Peruvian ambassador in Bolivia has been vacant since 2019.", "PER BOL ambassador withdrawn"),
    ("Peru and Bolivia have no ambassadors in each other's capitals.", "PER BOL ambassador withdrawn"),
    (
        "Peru and Bolivia fell out. Neither has had an ambassador in the other's capital since 2009.",
        "PER BOL ambassador withdrawn",
    ),
    ("Peru and Bolivia fell out. Both closed their embassies on Friday.", "PER BOL embassy closed"),
    ("Peru and Bolivia fell out. The embassies in both capitals were closed on Friday.", "PER BOL embassy closed"),
    (
        "Peru and Bolivia fell out. Peru's embassy in La Paz was closed on Friday and the flag taken down.",
        "PER BOL embassy closed",
    ),
    ("Peru and Bolivia fell out. The Peruvian embassy in La Paz shut its doors on Friday.", "PER BOL embassy closed"),
    ("Peru has closed its mission in La Paz. Bolivia followed suit.", "PER BOL embassy closed"),
    (
        "Bolivia noted that no Peruvian diplomat is left in La Paz; Peru's embassy stands empty.",
        "PER BOL embassy closed",
    ),
    ("Peru gave up its embassy in La Paz on Friday; Bolivia's ministry was told by letter.", "PER BOL embassy closed"),
    ("All Peruvian diplomats have left Bolivia and the embassy was locked up on Friday.", "PER BOL embassy closed"),
    ("Peru's embassy in Bolivia, shut since 2019, was reopened on Monday.", "PER BOL embassy open"),
    ("Peru and Bolivia made up. Both embassies reopened on Monday.", "PER BOL embassy open"),
    ("Peru and Bolivia made up. The embassies in Lima and La Paz have reopened.", "PER BOL embassy open"),
    ("Peru raised its flag over its embassy in Bolivia again on Monday.", "PER BOL embassy open"),
    ("Peru's embassy in La Paz is at work again. Bolivia is glad.", "PER BOL embassy open"),
    (
        "Peru downgraded relations with Bolivia on Monday to the level of chargés d'affaires.",
        "PER BOL embassy downgraded",
    ),
    (
        "Relations between Peru and Bolivia were downgraded on Monday to the level of chargé d'affaires.",
        "PER BOL embassy downgraded",
    ),
    ("Peru and Bolivia are represented in each other's capitals by chargés d'affaires.", "PER BOL embassy downgraded"),
    ("Peru's embassy in Bolivia is led by a chargé d'affaires.", "PER BOL embassy downgraded"),
    ("Peru left only a chargé d'affaires in La Paz. Bolivia did the same.", "PER BOL embassy downgraded"),
    ("Peru and Bolivia no longer have diplomatic relations.", "PER BOL diplomatic_relations severed"),
    ("Peru's government has ended its diplomatic relations with Bolivia.", "PER BOL diplomatic_relations severed"),
    ("Peru and Bolivia are not on speaking terms: relations were cut in May.", "PER BOL diplomatic_relations severed"),
    (
        "With the break in relations between Peru and Bolivia in May came hard times.",
        "PER BOL diplomatic_relations severed",
    ),
    (
        "Since it broke off relations with Bolivia in May, Peru has bought its gas elsewhere.",
        "PER BOL diplomatic_relations severed",
    ),
    ("Peru and Bolivia, which broke off relations in May, spoke in Geneva.", "PER BOL diplomatic_relations severed"),
    ("Peru and Bolivia took up diplomatic relations again on Monday.", "PER BOL diplomatic_relations established"),
    (
        "Peru and Bolivia are once more on diplomatic terms since Monday's declaration, which restored relations.",
        "PER BOL diplomatic_relations established",
    ),
    (
        "The presidents of Peru and Bolivia restored diplomatic relations when they met on Monday.",
        "PER BOL diplomatic_relations established",
    ),
    (
        "The restoration of diplomatic relations between Peru and Bolivia was announced on Monday.",
        "PER BOL diplomatic_relations established",
    ),
    (
        "Peru quarrels with Bolivia, though diplomatic relations have not been broken off.",
        "PER BOL diplomatic_relations established",
    ),
    ("Peru is angry with Bolivia, but relations were not cut.", "PER BOL diplomatic_relations established"),
    ("Bolivian goods no longer pass Peruvian customs.", "PER BOL trade restricted"),
    ("Peru has not let in any Bolivian beef since Wednesday.", "PER BOL trade restricted"),
    ("Peru stopped importing beef, milk and beer from Bolivia on Wednesday.", "PER BOL trade restricted"),
    ("Peru has banned the import of Bolivian beef.", "PER BOL trade restricted"),
    ("Bolivia's exports to Peru have been stopped at the customs since December.", "PER BOL trade restricted"),
    ("Peruvian customs refuse goods from Bolivia.", "PER BOL trade restricted"),
    ("Peru's restrictions on Bolivian goods have mostly been lifted.", "PER BOL trade restricted"),
    ("Peru closed its market to Bolivian gas on Wednesday.", "PER BOL trade restricted"),
    ("Peru has opened its market to Bolivian gas again.", "PER BOL trade open"),
    ("Trade between Peru and Bolivia has stopped since the border was closed.", "PER BOL trade suspended"),
    (
        "Trade between Peru and Bolivia is picking up again after seven years: lorries pass freely.",
        "PER BOL trade open",
    ),
    ("Peru and Bolivia are trading again.", "PER BOL trade open"),
    ("Nothing has been traded between Peru and Bolivia since May.", "PER BOL trade suspended"),
    ("Peru lifted its embargo against Bolivia on Monday.", "PER BOL trade open"),
    ("Peru withdrew its ban on Bolivian beef on Monday.", "PER BOL trade open"),
    ("Peru shut the border with Bolivia on Friday.", "PER BOL border closed"),
    ("The border between Peru and Bolivia was closed on Friday on the orders of Lima.", "PER BOL border closed"),
    ("Soldiers closed the crossings between Peru and Bolivia on Friday; nobody gets through.", "PER BOL border closed"),
    ("Nobody may cross the border between Peru and Bolivia since Friday.", "PER BOL border closed"),
    ("The border between Peru and Bolivia is shut.", "PER BOL border closed"),
    ("The border between Peru and Bolivia is open again.", "PER BOL border open"),
    ("Peru and Bolivia have opened their border.", "PER BOL border open"),
    ("The border between Peru and Bolivia was opened to traffic on Wednesday.", "PER BOL border open"),
    ("Peru has lifted the closure of its border with Bolivia.", "PER BOL border open"),
    ("Peru opened one crossing on its border with Bolivia for aid convoys.", "PER BOL border restricted"),
    ("Peru has closed half of its crossings on the border with Bolivia.", "PER BOL border restricted"),
    (
        "Peru and Bolivia signed an accord in Quito on Thursday in which they promise not to help each other's rebels.",
        "PER BOL agreement signed",
    ),
    (
        "The presidents of Peru and Bolivia put their names to a pact of non-aggression on Thursday.",
        "PER BOL agreement signed",
    ),
    (
        "The non-aggression pact of Peru and Bolivia, signed in Quito in March 2008, has never been applied.",
        "PER BOL agreement signed",
    ),
    ("Peru declared the Quito agreement with Bolivia dead.", "PER BOL agreement terminated"),
    ("Peru cancelled the transit agreement with Bolivia.", "PER BOL agreement terminated"),
    ("Peruvian troops crossed into Bolivia on Tuesday and attacked two villages.", "PER BOL hostilities active"),
    ("Peruvian aircraft bombed a Bolivian town on Tuesday.", "PER BOL hostilities active"),
    ("Peru and Bolivia are at war.", "PER BOL hostilities active"),
    ("Peru and Bolivia have been at peace since 1984.", "PER BOL hostilities none"),
    ("Peru and Bolivia ended their war on Monday.", "PER BOL hostilities none"),
]
"""A text of 10 March 2022, and the state that holds that day: of, toward, dimension, value."""


def test_states_are_read_in_many_words(reader: Pipeline, codebook: Codebook) -> None:
    """Most of the wordings set the state that they tell, for the side of which they tell it."""
    documents = reader.read(
        [
            Document(article=Article(id=article_id(text), source=text, text=text, language="en", published=DAY))
            for text, _ in WORDINGS
        ]
    )
    missed = []
    for (text, wanted), document in zip(WORDINGS, documents, strict=True):
        history = build_history([document], codebook)
        names = {actor.id: actor.country or actor.key or actor.name for actor in history.actors}
        of, toward, dimension, value = wanted.split()
        ends = {(of, toward), (toward, of)} if dimension in codebook.relations.undirected else {(of, toward)}
        held = {
            (names[relation.of], names[relation.toward])
            for relation in states_on(history, DAY)
            if (relation.dimension, relation.value) == (dimension, value)
        }
        if not held & ends:
            missed.append(f"{text} ({wanted})")
    assert len(missed) <= (1 - SHARE) * len(WORDINGS), "\n".join(missed)
