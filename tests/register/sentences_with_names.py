"""Made-up sentences such as residents may write, with and without names of people, to measure the finder by."""

#: Sentence → the name in it.
WITH_NAMES = {
    "Min granne Ahmed kan inte gå till torget på kvällen.": "Ahmed",
    "Jag heter Fatima och bor på Kronogården.": "Fatima",
    "Jag är Björn och jag har bott här i tio år.": "Björn",
    "Herr Olsson i trapphuset brukar städa.": "Olsson",
    "Det var A. Svensson som klagade.": "A. Svensson",
    "Anna-Karin på biblioteket hjälpte oss mycket.": "Anna-Karin",
    "Vi pratade med Maria Lindqvist om gångvägen.": "Maria Lindqvist",
    "Mohamed Hassan startade fotbollslaget.": "Mohamed Hassan",
    "I går träffade jag Amina utanför skolan.": "Amina",
    "Läraren Kerstin Bergström ville inte lyssna.": "Kerstin Bergström",
    "Min son Yusuf går i fyran.": "Yusuf",
    "Min dotter Zahra vågar inte gå hem själv.": "Zahra",
    "Prata med Lars Nilsson på kommunen.": "Lars Nilsson",
    "Hälsningar Birgitta": "Birgitta",
    "Mvh Erik Johansson": "Erik Johansson",
    "Jag och Khadija går ofta genom tunneln.": "Khadija",
    "Hodan Mohamud leder gruppen på tisdagar.": "Hodan Mohamud",
    "Kvinnan på tredje våningen heter Selam.": "Selam",
    "Min vän Emina säger samma sak.": "Emina",
    "Rektor Håkansson svarade aldrig.": "Håkansson",
    "Polisen Magnus kommer ibland förbi.": "Magnus",
    "Det är Goran som har nyckeln till lokalen.": "Goran",
    "Fråga Pirjo Virtanen i föreningen.": "Pirjo Virtanen",
    "Ahmeds bil blockerar alltid utfarten.": "Ahmeds",
    "Fru Andersson på hörnet är rädd.": "Andersson",
    "min granne ahmed är rädd på kvällen": "ahmed",
    "jag heter fatima": "fatima",
    "Familjen Eriksson flyttade därifrån.": "Eriksson",
    "Imam Abdullah talade på mötet.": "Abdullah",
    "Kuratorn Sofia hjälpte min bror.": "Sofia",
    "Vi vill tacka Ibrahim och alla andra ledare.": "Ibrahim",
    "Samira Jafari berättade om köerna.": "Samira Jafari",
    "Jag pratade med Karl-Erik i garaget.": "Karl-Erik",
    "Hon heter Hanna Lundgren och arbetar i receptionen.": "Hanna Lundgren",
    "Vaktmästaren Stig lagar lamporna.": "Stig",
    "Det säger också Leila, som bor granne.": "Leila",
    "Chefen Per Karlsson lovade nya bänkar.": "Per Karlsson",
    "Sara von Essen satt i nämnden.": "Sara von Essen",
    "Omar bor på andra våningen.": "Omar",
    "Fatima och hennes barn vill ha en lekplats.": "Fatima",
    "Nils tycker att bussen går för sällan.": "Nils",
    "Kassören i föreningen heter Mirza.": "Mirza",
    "Dragan Petrović sköter odlingen.": "Dragan Petrović",
    "Den som bestämmer är Ulla Persson.": "Ulla Persson",
    "Mamma Halima hjälper alla på gården.": "Halima",
    "Tack till Gunilla!": "Gunilla",
    "Killen som sålde heter Kevin.": "Kevin",
    "Enligt K. Gustafsson finns inga pengar.": "K. Gustafsson",
    "Grannen Sten klipper häcken.": "Sten",
    "My name is Yusuf and I live in Lextorp.": "Yusuf",
    "My neighbour Khalid helped me.": "Khalid",
    "اسمي فاطمة وأسكن هنا": "فاطمة",
    "جاري محمد يعمل في المدرسة": "محمد",
    "Matti kör bussen på kvällarna.": "Matti",
    "Agnieszka från Polen driver caféet.": "Agnieszka",
    "Vår ordförande Reza Ahmadi skrev brevet.": "Reza Ahmadi",
    "Doktor Ali på vårdcentralen är bra.": "Ali",
    "Tränaren Jonas Ek ställer alltid upp.": "Jonas Ek",
    "Elsa, 7 år, blev nästan påkörd.": "Elsa",
    "Hej, det här är Mustafa igen.": "Mustafa",
    "Farmor Astrid minns när torget byggdes.": "Astrid",
    "De heter Abdi och Muna, mina kusiner.": "Abdi",
    "Ayaan Warsame vill öppna en affär.": "Ayaan Warsame",
    "Ring Tesfaye om ni vill låna lokalen.": "Tesfaye",
    "Shirin säger att det är mörkt vid skolan.": "Shirin",
}

WITHOUT_NAMES = """
Jag bor på Kronogården sedan 2009.
Drottningtorget är tomt på kvällarna.
På Sylte finns det få bänkar.
Lextorp behöver en ny lekplats.
Eidar äger de flesta husen här.
Högskolan Väst ligger för långt bort.
I maj och juni är det fint vid älven.
I Maj planterar vi blommor.
Maria plan är mörk och tråkig.
Karlstorp saknar en affär.
Erik Dahlbergsgatan är svår att gå över.
Drottning Kristinas väg har ingen trottoar.
Björn har setts i skogen vid Slättbergen.
Sten ligger över hela gångvägen.
Mars är den kallaste månaden i år.
Lilja växer vid dammen.
Bo här är bra för barnen.
Per år kommer det färre besökare.
Dag och natt kör bilarna för fort.
Max 30 km i timmen borde gälla.
Liv och rörelse är vad torget behöver.
Klara regler behövs för mopeder.
Rosa hus står bredvid det gula.
Hans bil stod kvar hela veckan.
Stig upp tidigt så ser du rådjuren.
My är en ö som ingen känner till.
Mark som ingen använder kan bli odling.
Ville bara säga att det är bra.
Alla vill ha ett tryggare centrum.
Vi vill att Trollhättan blir en stad för alla.
Nära Överby finns bara parkeringar.
Från Skoftebyn till Stavre går ingen buss.
Bussen till Vänersborg går för sällan.
Göteborg är för långt bort för mig.
Stavre centrum behöver mer ljus.
Strömkarlsbron är stängd för ofta.
Hjortmossen är fint på sommaren.
Innovatum har roliga saker för barn.
Saab lade ner och mycket förändrades.
Vi handlar på Ica Maxi och på Willys.
Volvo Aero ligger nära.
Biblioteket på Sylte borde ha öppet på söndagar.
Polisen kommer för sent.
Rektor och lärare gör ett bra arbete.
Min granne säger att det är otryggt.
Mina grannar och jag vill odla.
Jag är rädd i tunneln.
Jag är Trollhättebo sedan födseln.
Torget heter Drottningtorget.
Skolan heter Lyrfågelskolan.
Området heter Frälsegården.
Gatan heter Lantmannavägen.
Föreningen heter Unga Tillsammans.
Syrien, Somalia och Irak är länder som många kommer från.
Jag talar arabiska, somaliska och svenska.
Under Ramadan är det liv på kvällarna.
Till Lucia hade vi kaffe på gården.
På Valborg brukar det vara bråk.
Till Jul borde det finnas mer ljus.
Socialdemokraterna och Moderaterna lovade samma sak.
Kommunstyrelsen beslutade om Vision Lextorp.
Västtrafik drog in linje 21.
Norra Älvsborgs Länssjukhus syns härifrån.
NÄL är svårt att nå utan bil.
Hyresgästföreningen ordnade en fest.
Svenska kyrkan har ett bra café.
Moskén på Lextorp är full varje fredag.
Folkets Park var bättre förr.
Olof Palmes plats är en plats i en annan stad.
Karl Johans gata ligger i Oslo.
Kungsgatan och Storgatan är bäst.
Spikön är fin att bada vid.
Åkersjö är en del av staden.
Arena Älvhögsborg behöver fler tider för tjejer.
Fotbollsplanen vid Kronan är sliten.
Sjuntorp glöms alltid bort.
Velanda har ingen skola kvar.
Tingvalla finns i Karlstad.
Kronan hyr ut lokaler till föreningar.
Vi vill ha en ny park i stil med Slottsskogen.
SCB:s siffror stämmer inte med det vi ser.
Enkäten från Brå frågar inte om det.
Skolverket säger något annat.
Barnkonventionen gäller också här.
Tack för att ni lyssnar!
Hälsningar från Sylte
Mvh en orolig förälder
Mamma och pappa arbetar natt.
Farmor vågar inte gå ut.
Familjen vill flytta.
Min son går i fyran.
Doktorn har ingen tid.
Vi behöver fler lärare. Fritids är också viktigt.
Det är mörkt. Grannar hjälper varandra.
A. Tryggare vägar. B. Fler lampor.
Jag gillar Karlstorp mer än Lextorp.
Nya hus byggs men ingen har råd.
Vid Älvrummet finns en stor modell.
Olidan är vackert när vattnet släpps på.
Fallens Dagar är bäst på hela året.
Ljuset vid Åkerssjövägen är trasigt.
Resecentrum känns tryggare nu.
Svensson-livet är inget för mig.
Nils Ericsons gymnasium är en bra skola.
I've lived in Lextorp for ten years.
The square is dark and empty in winter.
Will there be new lamps?
أسكن في هذه المدينة منذ سنوات
أحلام الشباب هنا كبيرة
Waan jeclahay xaafadda.
Vattnet i älven är högt i April.
Östra sidan är bättre än västra.
""".strip().splitlines()
