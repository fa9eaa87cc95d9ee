"""The words by which the wording of a prompt is read, each list in one line of words.

The names can never be whole: they find what people write most, and a person reads the rest.
"""

ASKING = (
    "what which how who whom whose when where why qué cuál cuáles cómo quién quiénes cuándo "
    "dónde adónde cuánto cuánta cuántos cuántas"
)
AUXILIARIES = (
    "do does did is are was were am have has had can could will would shall should may might "
    "must don’t doesn’t didn’t isn’t aren’t wasn’t weren’t haven’t hasn’t can’t couldn’t won’t "
    "wouldn’t shouldn’t"
)
"""What a question begins with that is answered by yes or no, where one of `SUBJECTS` follows."""
SUBJECTS = (
    "you we they he she it i your our their his her its this that these those there any anyone "
    "anybody some someone somebody the a an all everyone everybody one students teachers"
)
YES_OR_NO_IN_SPANISH = (
    "has he ha hay es son está están estás eres fue haces hace crees te puedes puede podrías "
    "tienes tiene debes deberías deberíamos sabes sueles usas quieres quisieras conoces sientes "
    "piensas prefieres harías"
)
JOINING = "and but or so then y e o u pero"
PRODUCTS = (
    "airtable, alexa, anki, apple, blackboard, blooket, brainpop, brightspace, canva, canvas "
    "lms, character ai, chatgpt, chat gpt, chromebook, chromebooks, classdojo, class dojo, "
    "claude ai, code org, copilot, coursera, dall e, desmos, discord, dreambox, duolingo, "
    "edmodo, edpuzzle, excel, facebook, flipgrid, fortnite, geogebra, genially, gemini, gimkit, "
    "goguardian, google, gradescope, grammarly, instagram, ipad, ipads, iphone, iphones, "
    "itslearning, jamboard, kahoot, khan academy, khanmigo, lego, magicschool, mentimeter, "
    "microsoft, midjourney, minecraft, moodle, nearpod, netflix, newsela, notion, openai, "
    "padlet, pear deck, photomath, pinterest, powerpoint, powerschool, prezi, quizizz, quizlet, "
    "roblox, schoology, scratch jr, seesaw, siri, skype, slack, snapchat, socrative, spotify, "
    "surveymonkey, teachers pay teachers, telegram, tiktok, trello, turnitin, twitch, twitter, "
    "whatsapp, wikipedia, wolfram alpha, wordle, youtube, zoom"
)
PUPILS = (
    "Aaliyah Aarav Abdul Abigail Adriana Ahmed Aidan Aisha Aiden Alejandra Alejandro Alex "
    "Alexander Alexis Ali Alice Alyssa Amelia Amina Amir Ana Andrea Andrew Andrés Angela Anna "
    "Anthony Antonio Aria Ashley Ava Ben Benjamin Bianca Brandon Brayden Brian Caleb Camila "
    "Carla Carlos Carmen Charlotte Chloe Christopher Claire Connor Daniel Daniela David Deja "
    "Destiny Diego Dylan Edith Eduardo Elena Elijah Elizabeth Ella Emily Emma Emiliano Eric "
    "Ethan Eva Evelyn Fatima Felipe Fernanda Fernando Francisco Gabriel Gabriela Gabriella "
    "Giovanni Hannah Harper Hassan Henry Hugo Ian Ibrahim Inés Isaac Isabel Isabella Isaiah "
    "Ivan Iván Jack Jackson Jacob Jada Jaden Jalen Jamal James Jasmine Javier Jayden Jennifer "
    "Jessica Jesús Joaquín John Jordan Jorge José Joseph Joshua Josiah Juan Julia Julian Justin "
    "Kayla Kevin Khalil Laila Landon Laura Lauren Layla Leah Leo Leonardo Liam Lily Lina Logan "
    "Lola Lucas Lucía Luis Luke Luna Lupe Madison Malik Manuel Marcos Marco María Maria Mariana "
    "Martín Martina Mason Mateo Matthew Maya Mei Mia Michael Miguel Mila Mohammed Muhammad "
    "Natalia Nathan Nevaeh Nicholas Nicolás Noah Nora Oliver Olivia Omar Owen Pablo Paula Pedro "
    "Priya Rachel Rafael Raúl Ricardo Robert Roberto Rosa Ryan Samantha Samuel Santiago Sara "
    "Sarah Sebastián Sergio Sofia Sofía Sophia Sophie Tamika Thomas Tomás Tyler Valentina "
    "Valeria Vanessa Victoria William Wyatt Ximena Yasmin Yusuf Zachary Zainab Zoe Zoey"
)
