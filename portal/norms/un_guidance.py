"""What A/76/135 says on each UN norm (guidance), and what companies could do (our reading)."""

from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import MEMORY, SECONDARY, Point

GUIDANCE: Final = {
    "a": (
        Point(
            N_(
                "States should consider a national lead body, a strategy and a response team,"
                " and use existing channels of cooperation, regional ones among them."
            ),
            MEMORY,
        ),
    ),
    "b": (
        Point(N_("The technical attributes of the incident should be looked at."), MEMORY),
        Point(N_("So should its scope, scale and impact."), MEMORY),
        Point(
            N_("So should the wider context, with what it means for peace and security."), MEMORY
        ),
        Point(N_("So should the results of consultations between the States concerned."), MEMORY),
        Point(
            N_(
                "Care is asked for, because a hasty or mistaken judgement can raise tension; "
                "disputes are to be settled by peaceful means."
            ),
            SECONDARY,
        ),
        Point(
            N_(
                "An accusation that a State organised or carried out a wrongful act should be"
                " substantiated (A/70/174)."
            ),
            SECONDARY,
        ),
        Point(
            N_(
                "That activity starts from a State's territory or infrastructure may not be "
                "enough, by itself, to attribute it to that State."
            ),
            MEMORY,
        ),
        Point(
            N_(
                "States should consider national structures and procedures for judging "
                "incidents, and mechanisms for consulting with others."
            ),
            MEMORY,
        ),
    ),
    "c": (
        Point(
            N_(
                "A State that learns of wrongful activity from its territory should take "
                "reasonable steps to end it: proportionate, appropriate, effective, and "
                "within international and domestic law."
            ),
            SECONDARY,
        ),
        Point(
            N_("A State is not expected to monitor all ICT activity on its territory."), SECONDARY
        ),
        Point(
            N_(
                "Where it lacks the means, it should consider asking others for help, other "
                "States among them."
            ),
            SECONDARY,
        ),
        Point(
            N_(
                "An affected State should notify the State from which the activity comes. "
                "That State should acknowledge receipt; an acknowledgement is not an "
                "agreement."
            ),
            MEMORY,
        ),
        Point(N_("Receiving such a notification does not mean being held responsible."), MEMORY),
    ),
    "d": (
        Point(
            N_(
                "States should consider laws, procedures and channels for evidence and mutual"
                " help, in line with human rights."
            ),
            MEMORY,
        ),
    ),
    "e": (
        Point(
            N_(
                "States should consider how surveillance, shutdowns and data gathering touch "
                "human rights, and should hear civil society and companies."
            ),
            MEMORY,
        ),
    ),
    "f": (
        Point(
            N_(
                "Each State determines which of its infrastructures or sectors it holds to be"
                " critical."
            ),
            SECONDARY,
        ),
        Point(
            N_(
                "National policy and law should make sure that ICT activity which the State "
                "conducts or supports does not impair critical infrastructure or essential "
                "public services elsewhere."
            ),
            SECONDARY,
        ),
        Point(
            N_(
                "Health care, energy, water, transport, finance, the technical base of "
                "elections and the public core of the Internet are named as examples."
            ),
            MEMORY,
        ),
    ),
    "g": (
        Point(
            N_(
                "Each State should designate what is critical, by criteria that look at the "
                "possible impact."
            ),
            SECONDARY,
        ),
        Point(N_("It should decide on security measures for it."), SECONDARY),
        Point(N_("It should consider a common way to rate how severe an incident is."), MEMORY),
    ),
    "h": (
        Point(
            N_(
                "States should have national structures that detect and mitigate incidents, "
                "and a body that handles requests."
            ),
            SECONDARY,
        ),
        Point(N_("They should have contact points for such requests."), SECONDARY),
        Point(
            N_(
                "The State asked should say in good time whether it can help, and on what "
                "terms; common templates and procedures ease it."
            ),
            MEMORY,
        ),
        Point(N_("It may involve its private sector."), MEMORY),
    ),
    "i": (
        Point(
            N_(
                "States should put transparent and impartial frameworks in place for managing"
                " supply chain risk."
            ),
            SECONDARY,
        ),
        Point(
            N_(
                "They should consider laws against harmful hidden functions and against "
                "backdoors, and good practice of suppliers and vendors."
            ),
            MEMORY,
        ),
    ),
    "j": (
        Point(
            N_(
                "States should consider disclosure policies and programmes that make "
                "reporting routine, in line with domestic law."
            ),
            SECONDARY,
        ),
        Point(
            N_(
                "They could consider impartial legal frameworks for how vulnerabilities are "
                "handled, and to limit their sale."
            ),
            SECONDARY,
        ),
        Point(
            N_(
                "Coordinated disclosure reduces harm and makes requests for help easier to "
                "handle between countries and response teams."
            ),
            SECONDARY,
        ),
        Point(N_("They should consider protecting researchers who act in good faith."), MEMORY),
    ),
    "k": (
        Point(
            N_(
                "Response teams should not be made a tool of politics, nor pressed into work "
                "that costs them their independence."
            ),
            SECONDARY,
        ),
        Point(N_("Their part in handling incidents should be recognised."), SECONDARY),
        Point(
            N_(
                "States should consider saying publicly which teams they have authorised, and"
                " treating them as critical."
            ),
            MEMORY,
        ),
    ),
}
FOR_COMPANIES: Final = {
    "a": N_(
        "Take part in exchange and in standard-setting; make sure that your own practice "
        "does not endanger others."
    ),
    "b": N_(
        "Tell facts apart from conclusions; say how sure one is and on what basis; give "
        "the State concerned and its response team the technical facts."
    ),
    "c": N_(
        "Act on well-founded abuse reports about your own network or services; preserve "
        "the evidence that is needed to clarify them."
    ),
    "d": N_(
        "Answer lawful requests within the law and human rights; report crime against customers."
    ),
    "e": N_(
        "Know how your products can be used against people; refuse what the law does not "
        "allow; inform users."
    ),
    "f": N_(
        "Do not harm essential services by what you sell or do; give a warning when your "
        "product may interrupt one."
    ),
    "g": N_(
        "As an operator: know your assets and dependencies, train people, report "
        "incidents. As a supplier: support what is critical for as long as it is in use."
    ),
    "h": N_("Name a contact who can decide on help; say quickly what you can and cannot do."),
    "i": N_(
        "Build no hidden functions; sign updates; list components; vet suppliers; inform "
        "customers of tampering."
    ),
    "j": N_(
        "Publish how to report; confirm reports, publish fixes and inform users; take no "
        "legal step against good faith; coordinate with other makers who are affected."
    ),
    "k": N_("Keep response teams out of attacks and out of politics; support them with facts."),
}
