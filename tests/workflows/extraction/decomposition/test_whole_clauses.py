"""A claim is a clause that the text could have: one verb for each subject, nothing spliced."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            (
                "Raids on a fuel market in Morrow killed eight people, including a reporter who "
                "had worked for Dorn Radio."
            ),
            [
                "Raids on a fuel market in Morrow killed eight people",
                (
                    "Raids on a fuel market in Morrow killed a reporter who had worked for Dorn "
                    "Radio"
                ),
            ],
        ),
        (
            (
                "Fierce clashes on the coast, mainly in the town of Aven, killed 26 men and left "
                "90 hurt, according to reports."
            ),
            [
                "Fierce clashes on the coast, mainly in the town of Aven, killed 26 men",
                "Fierce clashes on the coast, mainly in the town of Aven, left 90 hurt",
            ],
        ),
        (
            (
                "According to the $40,000 council report, the second plan called for a hall of "
                "9,000 square feet."
            ),
            ["The second plan called for a hall of 9,000 square feet"],
        ),
        (
            "The van skidded on ice in Dorn and was crushed by a lorry.",
            ["The van skidded on ice in Dorn", "The van was crushed by a lorry"],
        ),
        (
            "Not only did Ann Dahl lose the county, but she also lost the city of Pell.",
            ["Ann Dahl lost the county", "[Ann Dahl] also lost the city of Pell"],
        ),
        (
            "Not only did the fire stop trains in May, but it killed two.",
            ["The fire stopped trains in May", "[The fire] killed two"],
        ),
        (
            (
                "While it is sad that Dahl lost the state 36 to 51 percent, what is more striking "
                "is how few of the 900 men came."
            ),
            [
                "It is sad that Dahl lost the state 36 to 51 percent",
                "What is more striking is how few of the 900 men came",
            ],
        ),
    ],
)
def test_nothing_spliced(find, text, words):
    """Each verb stands with its own subject, and no clause is left half."""
    told = [claim.words for claim in find(text)]
    assert [each for each in told if each in words] == words
    assert not any("had worked" in each and "who" not in each for each in told)
    assert not any(each.startswith(("Not only", "According", "While")) for each in told)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The debate over office space, which has set tenants against builders, began in May.",
            "The debate over office space began in May",
        ),
        (
            "The bridge over the Carrow, which floods each May, was mended.",
            "The Carrow floods each May",
        ),
        (
            "Not only is the mill old, but its roof leaks in Pell.",
            "Not only is the mill old, but its roof leaks in Pell",
        ),
        (
            "The council was sent into uproar after members spotted nine guests entered the hall.",
            "The council was sent into uproar after members spotted nine guests entered the hall",
        ),
        (
            "The row grew, prompting Black Lives Matter, the leader of the march, to leave Dorn.",
            "The row that grew prompted Black Lives Matter, the leader of the march, to leave Dorn",
        ),
        (
            "The plan has been blocked since Pell and nine other towns sued Dorn in May.",
            "The plan has been blocked since Pell and nine other towns sued Dorn in May",
        ),
        (
            "He praised a massive expansion of the Dorn plan, a 500 percent increase.",
            "He praised a massive expansion of the Dorn plan, a 500 percent increase",
        ),
        (
            "Roe said that 40 donors, including the Dahl network, would give Lee money in May.",
            "The Dahl network would give Lee money in May",
        ),
        (
            "The row is among miners, who are expected to win in Pell and who own 900 pits.",
            "Miners own 900 pits",
        ),
        (
            "The town was calm, with 40 men repairing the dam and the army bringing sand.",
            "40 men were repairing the dam",
        ),
        (
            "Ann Roe, a teacher in Pell, is burdened with about $92,000 in debt.",
            "Ann Roe, a teacher in Pell, is burdened with about $92,000 in debt",
        ),
        (
            "A raid outside a hall in Pell left nine men dead and 40 wounded.",
            "A raid outside a hall in Pell left 40 men wounded",
        ),
        (
            "The flood left 300 homes cold and nine people died in Pell.",
            "Nine people died in Pell",
        ),
        (
            "Police said they held a man who they believed had sold 40 boats.",
            "[Police] held a man who they believed had sold 40 boats",
        ),
        (
            (
                "The four trusts are Pell Health NHS Trust, Tarn University Hospitals NHS Trust, "
                "West Morrow Hospitals NHS Trust and Dorn Teaching Hospitals NHS Trust."
            ),
            (
                "The four trusts are Pell Health NHS Trust, Tarn University Hospitals NHS Trust, "
                "West Morrow Hospitals NHS Trust and Dorn Teaching Hospitals NHS Trust"
            ),
        ),
        (
            "Crews are fighting a fire that has burned 40 homes, forced 900 to flee and shut Pell.",
            (
                "Crews are fighting a fire that has burned 40 homes, forced 900 to flee and shut "
                "Pell"
            ),
        ),
        (
            "Norlink's sales in the fourth quarter, ended Feb. 1, slipped to 40 million euros.",
            "Norlink's sales in the fourth quarter, ended Feb. 1, slipped to 40 million euros",
        ),
        (
            "Ann Roe was sentenced in May to two years in prison and ordered to pay 40 euros.",
            "Ann Roe was ordered to pay 40 euros",
        ),
        (
            "The deputies came to Mill Road just before 8 p.m. They found nine vans.",
            "The deputies came to Mill Road just before 8 p.m",
        ),
        (
            "The word underground was that Tarn mine No. 2 would soon have to close.",
            "The word underground was that Tarn mine No. 2 would soon have to close",
        ),
        (
            "A hearing ended on Tuesday with the Pell council rejecting an appeal by nine shops.",
            "The Pell council rejected an appeal by nine shops",
        ),
        (
            "The mayor of Pell closed nine roads because of three fires, including the Mill fire.",
            "The mayor of Pell closed nine roads because of three fires, including the Mill fire",
        ),
        (
            "But a Norlink study of other data found at least $130 million in spending on ads.",
            "A Norlink study of other data found at least $130 million in spending on ads",
        ),
        (
            "Roe both opened the mill in May and also sent mails with secret figures.",
            "Roe opened the mill in May",
        ),
        (
            "Lee spoke in May, opening the hall in Paris, Texas, near the end of her talk.",
            "Lee opened the hall in Paris, Texas, near the end of her talk in May",
        ),
        (
            (
                "“The courts are an abject failure,” said Ann Roe in a statement. “They have "
                "never worked, are not working, and will never work.”"
            ),
            "[The courts] have never worked",
        ),
        (
            "Dahl said that Lee spoke of ‘Norland and that he had left.",
            "Lee spoke of ‘Norland’",
        ),
        (
            "Lee assumed they saw the Dorn market returning in 2019, which it has done.",
            "They saw the Dorn market returning in 2019, which it has done",
        ),
        (
            "It cost $4 million, where the plan had been $3 million.",
            "The plan had been $3 million",
        ),
        (
            "While driving home in Pell, Lee hit a tree.",
            "While driving home in Pell, Lee hit a tree",
        ),
    ],
)
def test_left_as_it_is(find, text, words):
    """What is whole already stays."""
    assert words in [claim.words for claim in find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A ferry sank off Morrow, drowning 14 people and badly hurting six others.",
            [
                "A ferry sank off Morrow",
                "A ferry that sank off Morrow drowned 14 people",
                "A ferry that sank off Morrow badly hurt six others",
            ],
        ),
        (
            "Storms brought hail and floods to Dorn, killing nine people and closing 40 schools.",
            [
                "Storms brought hail and floods to Dorn",
                "Storms that brought hail and floods to Dorn killed nine people",
                "Storms that brought hail and floods to Dorn closed 40 schools",
            ],
        ),
        (
            "Lee pleaded guilty to driving while drunk in Olden, causing nine deaths.",
            ["Lee pleaded guilty to driving while drunk in Olden, causing nine deaths"],
        ),
        (
            "As of May, Olden has had 17 fires, 14 of which began in mills.",
            ["As of May, Olden has had 17 fires", "As of May, 14 of the 17 fires began in mills"],
        ),
        (
            "Olden saw 19 murders last year, all but one of which involved a gun.",
            [
                "Olden saw 19 murders last year [2023]",
                "All but one of the 19 murders last year [2023] involved a gun",
            ],
        ),
        (
            "Roe must win 53 percent of the remaining votes, Lee 59 percent, and Dorn 76 percent.",
            [
                "Roe must win 53 percent of the remaining votes",
                "Lee must win 59 percent of the remaining votes",
                "Dorn must win 76 percent of the remaining votes",
            ],
        ),
        (
            "A nurse from Boise, Idaho has won 40 million dollars.",
            ["A nurse from Boise, Idaho has won 40 million dollars"],
        ),
        (
            "Norlink predicted that unit cost would rise 4 percent in May.",
            ["Unit cost would rise 4 percent in May"],
        ),
        (
            "Kit Roe said that the mill had lost 300 workers, without giving a source.",
            ["The mill had lost 300 workers"],
        ),
        (
            "Kit Roe said he did not remember telling the police that.",
            ["[Kit Roe] did not remember telling the police that"],
        ),
        (
            "Most fraud in banks is seen by clerks, finds a study in the Morrow Journal.",
            ["Most fraud in banks is seen by clerks"],
        ),
        (
            (
                "Doctors found that 40% of letters contained bad advice, 33% contained a wrong "
                "name, and 9% contained threats against nurses."
            ),
            [
                "40% of letters contained bad advice",
                "33% of letters contained a wrong name",
                "9% of letters contained threats against nurses",
            ],
        ),
        (
            "Kit Roe shot and killed nine guards in Olden on Monday.",
            ["Kit Roe shot and killed nine guards in Olden on Monday [14 October 2024]"],
        ),
        (
            "The council met and raised the tax by 4 percent.",
            ["The council met", "The council raised the tax by 4 percent"],
        ),
        (
            "Crowds in Olden watched 400 clubs and thousands of children march through Dorn.",
            [
                "Crowds in Olden watched 400 clubs and thousands of children march through Dorn",
            ],
        ),
        (
            "Norlink will close its mill in Dorn and cut 340 jobs.",
            ["Norlink will close its mill in Dorn", "Norlink will cut 340 jobs"],
        ),
        (
            "The mill should be sold and the workers moved to Dorn.",
            ["The mill should be sold", "The workers should be moved to Dorn"],
        ),
        (
            "Police seized 212 knives last year, 60 of them from people under 16.",
            [
                "Police seized 212 knives last year [2023]",
                "Police seized 60 of the 212 knives last year [2023] from people under 16",
            ],
        ),
        (
            "Sales were $73.4 million, an increase of 2.3 percent, or $1.7 million, over May.",
            [
                "Sales were $73.4 million",
                "Sales increased by 2.3 percent, or $1.7 million, over May",
            ],
        ),
        (
            "Although sales rose 4 percent, profit fell 9 percent.",
            ["Sales rose 4 percent", "Profit fell 9 percent"],
        ),
        (
            "The army said nine people were killed in Dorn and detained two men.",
            ["Nine people were killed in Dorn", "The army detained two men"],
        ),
        (
            "Crews searched nine villages near Dorn as the death toll from the storm hit 100.",
            [
                "Crews searched nine villages near Dorn",
                "The death toll from the storm hit 100",
            ],
        ),
        (
            "Profits fell shy of the hopes of Dorn and the firm offered a dull outlook for May.",
            [
                "Profits fell shy of the hopes of Dorn",
                "The firm offered a dull outlook for May",
            ],
        ),
        (
            (
                "Walking is linked with 9 percent fewer deaths in adults (those who are active for "
                "some 17 minutes a day)."
            ),
            [
                (
                    "Walking is linked with 9 percent fewer deaths in adults (those who are "
                    "active for some 17 minutes a day)"
                ),
            ],
        ),
        (
            "In 2003, the Greens swept Dorn, becoming the largest party — a title they still hold.",
            [
                "In 2003, the Greens swept Dorn",
                "In 2003, the Greens became the largest party — a title they still hold",
            ],
        ),
        (
            "A guard saw two men with rifles enter a bank in Dorn.",
            ["Two men with rifles entered a bank in Dorn"],
        ),
        (
            (
                "Adoptees in Dorn have begun to find one another and are uniting behind the Pell "
                "Act, a planned law that would help nine of them."
            ),
            [
                "Adoptees in Dorn have begun to find one another",
                (
                    "Adoptees in Dorn are uniting behind the Pell Act, a planned law that would "
                    "help nine of them"
                ),
            ],
        ),
        (
            (
                "A poll shows Roe leading Voss, with 13 percent supporting another candidate and "
                "only 6 percent undecided."
            ),
            [
                "A poll shows Roe leading Voss",
                "13 percent are supporting another candidate",
                "Only 6 percent are undecided",
            ],
        ),
        (
            "Last year saw 19 fires in Olden, all but one of which began in mills.",
            [
                "Last year [2023] saw 19 fires in Olden",
                "All but one of the 19 fires in Olden last year [2023] began in mills",
            ],
        ),
        ("Norlink Co.'s profit rose 22 percent.", ["Norlink Co.'s profit rose 22 percent"]),
        (
            "Lee was fined by a court in Dorn after admitting two counts of theft.",
            ["Lee was fined by a court in Dorn after admitting two counts of theft"],
        ),
        (
            "Kit Roe posted a letter on Monday urging nine guards to leave the mill.",
            [
                (
                    "Kit Roe posted a letter on Monday [14 October 2024] urging nine guards to "
                    "leave the mill"
                ),
                "Kit Roe urged nine guards to leave the mill",
            ],
        ),
    ],
)
def test_sentence_told_whole(find, text, words):
    """Each claim has a verb in a tense, and what the first of a list says of all."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        (
            "November 23, 2023 - Mayor Gets Best Rating Ever, Poll Finds; Roe Edges Lee In First "
            "Look At Race For Governor Of Dorn\n\nVoters give Kit Roe a rating of 80 percent."
        ),
        "(Olden-Post.org) Voters give Kit Roe a rating of 80 percent.",
    ],
)
def test_headlines_left_out(find, text):
    """What is put before a report, or in its headline, is no part of a claim."""
    posted = [claim.words for claim in find(text) if not claim.needs_words]
    assert posted == ["Voters give Kit Roe a rating of 80 percent"]
