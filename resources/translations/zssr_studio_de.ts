<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Öffnen…</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open all pictures of a folder as a box, to enlarge them all.</source>
        <translation>Alle Bilder eines Ordners als Stapel öffnen, um sie alle zu vergrößern.</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>Write the enlarged picture to a file.</source>
        <translation>Das vergrößerte Bild in eine Datei schreiben.</translation>
    </message>
    <message>
        <source>&amp;Report…</source>
        <translation>Be&amp;richt…</translation>
    </message>
    <message>
        <source>Write a page on the shown run: before and after, its maps, settings and hashes.</source>
        <translation>Schreibt eine Seite über den gezeigten Lauf: vorher und nachher, seine Karten, Einstellungen und Prüfsummen.</translation>
    </message>
    <message>
        <source>Save &amp;project…</source>
        <translation>&amp;Projekt speichern…</translation>
    </message>
    <message>
        <source>Keep picture, settings, results and training in one file.</source>
        <translation>Bild, Einstellungen, Ergebnisse und Training in einer Datei behalten.</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>&amp;Liste leeren</translation>
    </message>
    <message>
        <source>Forget which pictures were opened; the files stay.</source>
        <translation>Vergessen, welche Bilder geöffnet waren; die Dateien bleiben.</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Leave the studio.</source>
        <translation>Das Studio verlassen.</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Take the last change back; runs stay.</source>
        <translation>Die letzte Änderung zurücknehmen; Läufe bleiben.</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Make a change again that was taken back.</source>
        <translation>Eine zurückgenommene Änderung noch einmal machen.</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Open the picture, or the picture&apos;s file, that was copied.</source>
        <translation>Das kopierte Bild öffnen, oder die Bilddatei, die kopiert wurde.</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>Ein&amp;stellungen…</translation>
    </message>
    <message>
        <source>Theme, screen, shortcuts, and what the studio starts with.</source>
        <translation>Darstellung, Bildschirm, Tastenkürzel, und womit das Studio beginnt.</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>&amp;Ausschnitt</translation>
    </message>
    <message>
        <source>Drag on the picture to draw the part to enlarge.</source>
        <translation>Auf dem Bild den Teil aufziehen, der vergrößert wird.</translation>
    </message>
    <message>
        <source>Remove re&amp;gion</source>
        <translation>Ausschnitt &amp;entfernen</translation>
    </message>
    <message>
        <source>Enlarge the whole picture again.</source>
        <translation>Wieder das ganze Bild vergrößern.</translation>
    </message>
    <message>
        <source>&amp;Try in place</source>
        <translation>Hier &amp;probieren</translation>
    </message>
    <message>
        <source>Train some seconds on the region and see it in its place; again takes it away.</source>
        <translation>Einige Sekunden auf dem Ausschnitt trainieren und das Ergebnis an seiner Stelle sehen; noch einmal nimmt es weg.</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>&amp;Kleiner zeigen</translation>
    </message>
    <message>
        <source>Show the picture smaller.</source>
        <translation>Das Bild kleiner zeigen.</translation>
    </message>
    <message>
        <source>&amp;Zoom in</source>
        <translation>Gr&amp;ößer zeigen</translation>
    </message>
    <message>
        <source>Show the picture larger.</source>
        <translation>Das Bild größer zeigen.</translation>
    </message>
    <message>
        <source>&amp;Info…</source>
        <translation>&amp;Info…</translation>
    </message>
    <message>
        <source>Show what the file says: format, profile, metadata, how it was made.</source>
        <translation>Zeigt, was die Datei sagt: Format, Profil, Metadaten, wie sie entstand.</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>Show the whole picture.</source>
        <translation>Das ganze Bild zeigen.</translation>
    </message>
    <message>
        <source>One pixel of the picture (of the result, once there is one) is one of the screen.</source>
        <translation>Ein Pixel des Bildes (des Ergebnisses, sobald es eines gibt) ist eines auf dem Bildschirm.</translation>
    </message>
    <message>
        <source>One pixel of the picture (of the result, once there is one) is two of the screen.</source>
        <translation>Ein Pixel des Bildes (des Ergebnisses, sobald es eines gibt) ist zwei auf dem Bildschirm.</translation>
    </message>
    <message>
        <source>&amp;Slider</source>
        <translation>&amp;Schieber</translation>
    </message>
    <message>
        <source>Compare two pictures under a line that you drag.</source>
        <translation>Zwei Bilder unter einer Linie vergleichen, die Sie ziehen.</translation>
    </message>
    <message>
        <source>Side &amp;by side</source>
        <translation>&amp;Nebeneinander</translation>
    </message>
    <message>
        <source>Fl&amp;ip</source>
        <translation>&amp;Wechsel</translation>
    </message>
    <message>
        <source>Show one picture after the other in the same place.</source>
        <translation>Ein Bild nach dem anderen an derselben Stelle zeigen.</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>&amp;Differenz</translation>
    </message>
    <message>
        <source>Show how far two pictures differ in each pixel, amplified.</source>
        <translation>Zeigen, wie weit sich zwei Bilder in jedem Pixel unterscheiden, verstärkt.</translation>
    </message>
    <message>
        <source>&amp;Horizontal line</source>
        <translation>Waagerechte &amp;Linie</translation>
    </message>
    <message>
        <source>Divide above and below instead of left and right.</source>
        <translation>Oben und unten teilen statt links und rechts.</translation>
    </message>
    <message>
        <source>Amplify the difference half as much.</source>
        <translation>Die Differenz halb so stark zeigen.</translation>
    </message>
    <message>
        <source>Amplify the difference twice as much.</source>
        <translation>Die Differenz doppelt so stark zeigen.</translation>
    </message>
    <message>
        <source>Lo&amp;upe</source>
        <translation>L&amp;upe</translation>
    </message>
    <message>
        <source>Show what is under the pointer large, for each picture compared.</source>
        <translation>Groß zeigen, was unter dem Zeiger liegt, für jedes verglichene Bild.</translation>
    </message>
    <message>
        <source>&amp;Consistency map</source>
        <translation>K&amp;onsistenzkarte</translation>
    </message>
    <message>
        <source>Mark where the result, downscaled again, is not the input.</source>
        <translation>Zeigt, wo das Ergebnis, wieder verkleinert, von der Eingabe abweicht.</translation>
    </message>
    <message>
        <source>Disagreement &amp;map</source>
        <translation>Un&amp;einigkeitskarte</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Hinzufügen…</translation>
    </message>
    <message>
        <source>Add a picture file to compare with.</source>
        <translation>Eine Bilddatei zum Vergleichen hinzufügen.</translation>
    </message>
    <message>
        <source>Compare wi&amp;th…</source>
        <translation>Ver&amp;gleichen mit …</translation>
    </message>
    <message>
        <source>Let other methods enlarge the picture too: interpolation, and networks of others.</source>
        <translation>Auch andere Verfahren das Bild vergrößern lassen: Interpolation und Netze von anderen.</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <source>Take the selected run or file out of the list.</source>
        <translation>Den gewählten Lauf oder die gewählte Datei aus der Liste nehmen.</translation>
    </message>
    <message>
        <source>Use as &amp;ground truth</source>
        <translation>Als Referen&amp;z verwenden</translation>
    </message>
    <message>
        <source>Give PSNR and SSIM of the results against the selected file.</source>
        <translation>PSNR und SSIM der Ergebnisse gegen die gewählte Datei angeben.</translation>
    </message>
    <message>
        <source>&amp;Enlarge</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>Train a network on this picture and enlarge it.</source>
        <translation>Ein Netz auf diesem Bild trainieren und es damit vergrößern.</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Halt the training; it goes on where it was.</source>
        <translation>Das Training anhalten; es geht dort weiter, wo es war.</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>End the training and keep the best so far.</source>
        <translation>Das Training beenden und das Beste bis hierher behalten.</translation>
    </message>
    <message>
        <source>Train o&amp;n…</source>
        <translation>&amp;Weiter trainieren…</translation>
    </message>
    <message>
        <source>&amp;Use these settings</source>
        <translation>Einstellungen &amp;übernehmen</translation>
    </message>
    <message>
        <source>Set the settings, and the region, to those of the selected run.</source>
        <translation>Einstellungen und Ausschnitt auf die des gewählten Laufs setzen.</translation>
    </message>
    <message>
        <source>Repro&amp;duce</source>
        <translation>Repro&amp;duzieren</translation>
    </message>
    <message>
        <source>Do the selected run, or that of the selected file, again by its record, and compare the pixels.</source>
        <translation>Den gewählten Lauf, oder den der gewählten Datei, nach seinem Protokoll wiederholen und die Pixel vergleichen.</translation>
    </message>
    <message>
        <source>Remo&amp;ve from the queue</source>
        <translation>&amp;Nicht ausführen</translation>
    </message>
    <message>
        <source>Let the selected run, which waits, not have its turn.</source>
        <translation>Den gewählten Lauf, der wartet, nicht an die Reihe kommen lassen.</translation>
    </message>
    <message>
        <source>Save &amp;curves…</source>
        <translation>&amp;Kurven speichern…</translation>
    </message>
    <message>
        <source>Write the curves of the run as a picture or as a table (CSV).</source>
        <translation>Die Kurven des Laufs als Bild oder als Tabelle (CSV) schreiben.</translation>
    </message>
    <message>
        <source>&amp;Start the box</source>
        <translation>Stapel &amp;starten</translation>
    </message>
    <message>
        <source>Enlarge all pictures of the box that are ticked, one after the other.</source>
        <translation>Alle angehakten Bilder des Stapels vergrößern, eins nach dem anderen.</translation>
    </message>
    <message>
        <source>&amp;Pause the box</source>
        <translation>Stapel an&amp;halten</translation>
    </message>
    <message>
        <source>Let all stand still; it goes on where it was.</source>
        <translation>Alles stillstehen lassen; es geht dort weiter, wo es war.</translation>
    </message>
    <message>
        <source>&amp;After these pictures</source>
        <translation>&amp;Nach diesen Bildern</translation>
    </message>
    <message>
        <source>End when the pictures that are being done are done.</source>
        <translation>Enden, sobald die Bilder fertig sind, an denen gearbeitet wird.</translation>
    </message>
    <message>
        <source>S&amp;top the box</source>
        <translation>S&amp;tapel abbrechen</translation>
    </message>
    <message>
        <source>End at once; the pictures that are being done begin again next time.</source>
        <translation>Sofort enden; die Bilder, an denen gearbeitet wird, beginnen beim nächsten Mal von vorn.</translation>
    </message>
    <message>
        <source>&amp;Look at each</source>
        <translation>Jedes &amp;ansehen</translation>
    </message>
    <message>
        <source>Find blur, grain and compression of each, in the background.</source>
        <translation>Unschärfe, Korn und Kompression eines jeden finden, im Hintergrund.</translation>
    </message>
    <message>
        <source>&amp;Report of the box</source>
        <translation>&amp;Bericht des Stapels</translation>
    </message>
    <message>
        <source>Show a page with all results, those first that need looking at.</source>
        <translation>Eine Seite mit allen Ergebnissen zeigen, zuerst die, die man ansehen sollte.</translation>
    </message>
    <message>
        <source>S&amp;how results</source>
        <translation>&amp;Ergebnisse zeigen</translation>
    </message>
    <message>
        <source>Show the folder of the results.</source>
        <translation>Den Ordner der Ergebnisse zeigen.</translation>
    </message>
    <message>
        <source>&amp;Close the box</source>
        <translation>Stapel s&amp;chließen</translation>
    </message>
    <message>
        <source>Put the box away; pictures, results and journal stay.</source>
        <translation>Den Stapel weglegen; Bilder, Ergebnisse und Journal bleiben.</translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation>&amp;Helle Darstellung</translation>
    </message>
    <message>
        <source>Always light.</source>
        <translation>Immer hell.</translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation>&amp;Dunkle Darstellung</translation>
    </message>
    <message>
        <source>Always dark.</source>
        <translation>Immer dunkel.</translation>
    </message>
    <message>
        <source>Show colours right on this screen: choose its ICC profile.</source>
        <translation>Farben auf diesem Bildschirm richtig zeigen: sein ICC-Profil wählen.</translation>
    </message>
    <message>
        <source>Screen is s&amp;RGB</source>
        <translation>Bildschirm ist s&amp;RGB</translation>
    </message>
    <message>
        <source>Show colours for an ordinary screen.</source>
        <translation>Farben für einen gewöhnlichen Bildschirm zeigen.</translation>
    </message>
    <message>
        <source>R&amp;esults panel</source>
        <translation>Bereich Er&amp;gebnisse</translation>
    </message>
    <message>
        <source>Show the list of results below the picture.</source>
        <translation>Die Liste der Ergebnisse unter dem Bild zeigen.</translation>
    </message>
    <message>
        <source>Det&amp;ails</source>
        <translation>Detai&amp;ls</translation>
    </message>
    <message>
        <source>Show the curves, the film and the table of the runs below the picture.</source>
        <translation>Die Kurven, den Film und die Tabelle der Läufe unter dem Bild zeigen.</translation>
    </message>
    <message>
        <source>Hide or show pa&amp;nels</source>
        <translation>&amp;Bereiche verbergen oder zeigen</translation>
    </message>
    <message>
        <source>With the focus on the picture: leave the picture alone on the screen, or bring the panels back.</source>
        <translation>Mit dem Fokus auf dem Bild: das Bild allein auf dem Bildschirm lassen oder die Bereiche zurückholen.</translation>
    </message>
    <message>
        <source>Ne&amp;xt panel</source>
        <translation>Nä&amp;chster Bereich</translation>
    </message>
    <message>
        <source>Go on from one part of the window to the next.</source>
        <translation>Von einem Teil des Fensters zum nächsten gehen.</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>Take the whole screen, or give it back.</source>
        <translation>Den ganzen Bildschirm nehmen oder ihn zurückgeben.</translation>
    </message>
    <message>
        <source>Show the panels again as they were at first.</source>
        <translation>Die Bereiche wieder so zeigen, wie sie zuerst waren.</translation>
    </message>
    <message>
        <source>Sett&amp;ings panel</source>
        <translation>Bereich Ei&amp;nstellungen</translation>
    </message>
    <message>
        <source>Open a picture, several, or a project.</source>
        <translation>Ein Bild, mehrere oder ein Projekt öffnen.</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>&amp;200 %</source>
        <translation>&amp;200 %</translation>
    </message>
    <message>
        <source>Show up to nine pictures beside each other, moved and zoomed as one.</source>
        <translation>Bis zu neun Bilder nebeneinander zeigen, die sich gemeinsam bewegen und zoomen.</translation>
    </message>
    <message>
        <source>Swa&amp;p sides</source>
        <translation>Seiten &amp;tauschen</translation>
    </message>
    <message>
        <source>Let the two pictures change sides; in Flip, show the next.</source>
        <translation>Die beiden Bilder die Seiten tauschen lassen; beim Wechsel das nächste zeigen.</translation>
    </message>
    <message>
        <source>One ro&amp;w</source>
        <translation>Eine Ze&amp;ile</translation>
    </message>
    <message>
        <source>Put all pictures in one row instead of the grid that shows them largest.</source>
        <translation>Alle Bilder in eine Zeile stellen statt in das Raster, das sie am größten zeigt.</translation>
    </message>
    <message>
        <source>Fainter differe&amp;nce</source>
        <translation>Differenz schwä&amp;cher</translation>
    </message>
    <message>
        <source>Str&amp;onger difference</source>
        <translation>Differenz stär&amp;ker</translation>
    </message>
    <message>
        <source>Mark where several results of the network deviate from each other.</source>
        <translation>Zeigt, wo mehrere Ergebnisse des Netzes voneinander abweichen.</translation>
    </message>
    <message>
        <source>Map of other s&amp;eeds</source>
        <translation>Ka&amp;rte anderer Startwerte</translation>
    </message>
    <message>
        <source>Mark where networks of other seeds differ, once Look closer has trained them.</source>
        <translation>Zeigt, wo Netze mit anderen Startwerten abweichen, sobald Genauer hinsehen sie trainiert hat.</translation>
    </message>
    <message>
        <source>Loo&amp;k closer…</source>
        <translation>Gen&amp;auer hinsehen…</translation>
    </message>
    <message>
        <source>Train networks of other seeds, or under another blur, to see how sure the shown run is.</source>
        <translation>Trainiert Netze mit anderen Startwerten oder unter anderer Unschärfe und zeigt so, wie sicher der gezeigte Lauf ist.</translation>
    </message>
    <message>
        <source>Train the shown run for more seconds, from what it learned.</source>
        <translation>Den gezeigten Lauf weitere Sekunden trainieren, von dem aus, was er gelernt hat.</translation>
    </message>
    <message>
        <source>&amp;System theme</source>
        <translation>Darstellung des &amp;Systems</translation>
    </message>
    <message>
        <source>Light or dark, as your system is set.</source>
        <translation>Hell oder dunkel, wie Ihr System eingestellt ist.</translation>
    </message>
    <message>
        <source>&amp;Colour profile of the screen…</source>
        <translation>&amp;Farbprofil des Bildschirms…</translation>
    </message>
    <message>
        <source>Show the settings of the next run at the right.</source>
        <translation>Rechts die Einstellungen des nächsten Laufs zeigen.</translation>
    </message>
    <message>
        <source>Reset la&amp;yout</source>
        <translation>Anordnung zur&amp;ücksetzen</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Befehle…</translation>
    </message>
    <message>
        <source>Find anything that can be done here by its name.</source>
        <translation>Alles, was man hier tun kann, beim Namen finden.</translation>
    </message>
    <message>
        <source>&amp;About ZSSR Studio</source>
        <translation>&amp;Über ZSSR Studio</translation>
    </message>
    <message>
        <source>Version, method, and the licences of all that is used.</source>
        <translation>Version, Verfahren und die Lizenzen von allem, was verwendet wird.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Picture</source>
        <translation>B&amp;ild</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Box</source>
        <translation>&amp;Stapel</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Looking for noise and compression, 1 of 2…</source>
        <translation>Rauschen und Kompression werden gesucht, 1 von 2 …</translation>
    </message>
    <message>
        <source>Looking for the blur, 2 of 2…</source>
        <translation>Die Unschärfe wird gesucht, 2 von 2 …</translation>
    </message>
    <message>
        <source>{sentence} Found besides: {damage}.</source>
        <translation>{sentence} Außerdem gefunden: {damage}.</translation>
    </message>
    <message>
        <source>Open a blur kernel</source>
        <translation>Einen Unschärfekern öffnen</translation>
    </message>
    <message>
        <source>Kernels ({patterns});;All files (*)</source>
        <translation>Kerne ({patterns});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Pictures and projects ({patterns});;All files (*)</source>
        <translation>Bilder und Projekte ({patterns});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open pictures or a project</source>
        <translation>Bilder oder ein Projekt öffnen</translation>
    </message>
    <message>
        <source>Open another picture</source>
        <translation>Anderes Bild öffnen</translation>
    </message>
    <message>
        <source>Which page?</source>
        <translation>Welche Seite?</translation>
    </message>
    <message>
        <source>{name} holds {pages} pages. Open page</source>
        <translation>{name} hat {pages} Seiten. Öffnen Sie Seite</translation>
    </message>
    <message>
        <source>Export {name}</source>
        <translation>{name} exportieren</translation>
    </message>
    <message>
        <source>{name} is the source, which is never overwritten. Export under another name.</source>
        <translation>{name} ist die Quelle, die nie überschrieben wird. Exportieren Sie unter einem anderen Namen.</translation>
    </message>
    <message>
        <source>{name} is in {parent} already.</source>
        <translation>{name} ist schon in {parent}.</translation>
    </message>
    <message>
        <source>The file that is there is lost when it is replaced.</source>
        <translation>Die Datei, die dort ist, geht beim Ersetzen verloren.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
    <message>
        <source>{size}, {share:.0%} of it the result and the rest bicubic</source>
        <translation>{size}, davon {share:.0%} das Ergebnis, der Rest bikubisch</translation>
    </message>
    <message>
        <source>Saved {name} ({what}) in {parent}.</source>
        <translation>{name} ({what}) in {parent} gespeichert.</translation>
    </message>
    <message>
        <source>Keep these choices</source>
        <translation>Diese Auswahl behalten</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>Name der Vorgabe</translation>
    </message>
    <message>
        <source>Open a colour profile</source>
        <translation>Ein Farbprofil öffnen</translation>
    </message>
    <message>
        <source>Profiles (*.icc *.icm);;All files (*)</source>
        <translation>Profile (*.icc *.icm);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Tried for {trained_s:.0f} s; T takes it away</source>
        <translation>{trained_s:.0f} s lang probiert; T nimmt es weg</translation>
    </message>
    <message>
        <source>Trying</source>
        <translation>Probiert</translation>
    </message>
    <message>
        <source>Trying: {left:.0f} s left</source>
        <translation>Probiert: noch {left:.0f} s</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard. Copy a picture, or a picture&apos;s file, and paste again.</source>
        <translation>In der Zwischenablage ist kein Bild. Kopieren Sie ein Bild oder eine Bilddatei und fügen Sie noch einmal ein.</translation>
    </message>
    <message>
        <source>{folder} cannot be made: {reason}. The picture was not pasted.</source>
        <translation>{folder} kann nicht angelegt werden: {reason}. Das Bild wurde nicht eingefügt.</translation>
    </message>
    <message>
        <source>Pasted {moment:%Y-%m-%d %H.%M.%S}</source>
        <translation>Eingefügt {moment:%Y-%m-%d %H.%M.%S}</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>Das Projekt speichern</translation>
    </message>
    <message>
        <source>Project (*{suffix})</source>
        <translation>Projekt (*{suffix})</translation>
    </message>
    <message>
        <source>{name} is no name for a project. End it in {suffix}.</source>
        <translation>{name} ist kein Name für ein Projekt. Lassen Sie ihn auf {suffix} enden.</translation>
    </message>
    <message>
        <source>{name} was not saved: another picture was opened meanwhile.</source>
        <translation>{name} wurde nicht gespeichert: Inzwischen wurde ein anderes Bild geöffnet.</translation>
    </message>
    <message>
        <source>Page for archives (*.pdf)</source>
        <translation>Seite für Archive (*.pdf)</translation>
    </message>
    <message>
        <source>Page for a browser (*.html)</source>
        <translation>Seite für einen Browser (*.html)</translation>
    </message>
    <message>
        <source>{name} was made by another method, which leaves no record. Choose a run.</source>
        <translation>{name} stammt von einem anderen Verfahren, das keine Aufzeichnung hinterlässt. Wählen Sie einen Lauf.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Saved {name} in {parent}.</source>
        <translation>{name} in {parent} gespeichert.</translation>
    </message>
    <message>
        <source>{name} is neither .pdf nor .html. Give one of the two.</source>
        <translation>{name} ist weder .pdf noch .html. Geben Sie eines der beiden an.</translation>
    </message>
    <message>
        <source>The work that was saved last</source>
        <translation>Die zuletzt gespeicherte Arbeit</translation>
    </message>
    <message>
        <source>The work that was saved last is removed.</source>
        <translation>Die zuletzt gespeicherte Arbeit wird entfernt.</translation>
    </message>
    <message>
        <source>What is in no file is lost.</source>
        <translation>Was in keiner Datei ist, geht verloren.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>1 result</source>
        <translation>1 Ergebnis</translation>
    </message>
    <message>
        <source>{runs} results</source>
        <translation>{runs} Ergebnisse</translation>
    </message>
    <message>
        <source>a training, cut off after {trained_s:.0f} s</source>
        <translation>ein Training, abgebrochen nach {trained_s:.0f} s</translation>
    </message>
    <message>
        <source>a training, just begun</source>
        <translation>ein Training, eben begonnen</translation>
    </message>
    <message>
        <source>The studio ended without being closed. Saved on {day} at {saved:%H:%M:%S}: {what}.</source>
        <translation>Das Studio endete, ohne geschlossen zu werden. Gespeichert am {day} um {saved:%H:%M:%S}: {what}.</translation>
    </message>
    <message>
        <source>{error} The shape stays {text}.</source>
        <translation>{error} Die Form bleibt {text}.</translation>
    </message>
    <message>
        <source>{name}, {percent} done</source>
        <translation>{name}, zu {percent} fertig</translation>
    </message>
    <message>
        <source>{name} at {blend:.0%}</source>
        <translation>{name} zu {blend:.0%}</translation>
    </message>
    <message>
        <source>nearest to the ground truth</source>
        <translation>der Referenz am nächsten</translation>
    </message>
    <message>
        <source>{blend:.0%} of it the result and the rest bicubic</source>
        <translation>davon {blend:.0%} das Ergebnis, der Rest bikubisch</translation>
    </message>
    <message>
        <source>finished, not looked at yet</source>
        <translation>fertig, noch nicht angesehen</translation>
    </message>
    <message>
        <source>on the screen</source>
        <translation>auf dem Bildschirm</translation>
    </message>
    <message>
        <source>exported by Export</source>
        <translation>wird exportiert</translation>
    </message>
    <message>
        <source>in no file yet</source>
        <translation>noch in keiner Datei</translation>
    </message>
    <message>
        <source>compared as {letter}</source>
        <translation>verglichen als {letter}</translation>
    </message>
    <message>
        <source>{gain:+.1f} dB</source>
        <translation>{gain:+.1f} dB</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>consistency {consistency}</source>
        <translation>Übereinstimmung {consistency}</translation>
    </message>
    <message>
        <source>No picture is open.</source>
        <translation>Kein Bild ist offen.</translation>
    </message>
    <message>
        <source>1 picture · {amount} of memory</source>
        <translation>1 Bild · {amount} Speicher</translation>
    </message>
    <message>
        <source>{count} pictures · {amount} of memory</source>
        <translation>{count} Bilder · {amount} Speicher</translation>
    </message>
    <message>
        <source>Ground truth</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Add a picture to compare with</source>
        <translation>Ein Bild zum Vergleichen hinzufügen</translation>
    </message>
    <message>
        <source>Pictures ({patterns});;All files (*)</source>
        <translation>Bilder ({patterns});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>{names} holds {count} pictures; up to {most} are added to compare with. Drop fewer here, or the folder on the picture, where it becomes a box.</source>
        <translation>{names} enthält {count} Bilder; zum Vergleichen werden bis zu {most} hinzugefügt. Legen Sie weniger hier ab, oder den Ordner auf dem Bild, wo er zum Stapel wird.</translation>
    </message>
    <message>
        <source>Nine pictures are compared at once, and no more. Untick one first, then tick {name}.</source>
        <translation>Es werden höchstens neun Bilder zugleich verglichen. Wählen Sie erst eines ab, dann {name} aus.</translation>
    </message>
    <message>
        <source>Rename {name}</source>
        <translation>{name} umbenennen</translation>
    </message>
    <message>
        <source>Its name in the window; its file keeps its own:</source>
        <translation>Der Name im Fenster; die Datei behält ihren:</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>{name} is in no file yet.</source>
        <translation>{name} ist noch in keiner Datei.</translation>
    </message>
    <message>
        <source>It is lost unless you export it first.</source>
        <translation>Es geht verloren, wenn Sie es nicht vorher exportieren.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>{name} is not in {parent} any more. It was moved or removed.</source>
        <translation>{name} ist nicht mehr in {parent}. Die Datei wurde verschoben oder entfernt.</translation>
    </message>
    <message>
        <source>The results held {held:.1f} GB of memory.</source>
        <translation>Die Ergebnisse hielten {held:.1f} GB Speicher.</translation>
    </message>
    <message>
        <source>{amount} Taken from the list, as they are in files: {names}.</source>
        <translation>{amount} Aus der Liste genommen, weil sie in Dateien sind: {names}.</translation>
    </message>
    <message>
        <source>{amount} Export and remove those that you no longer need.</source>
        <translation>{amount} Exportieren und entfernen Sie, was Sie nicht mehr brauchen.</translation>
    </message>
    <message>
        <source>training</source>
        <translation>trainiert</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>enlarging</source>
        <translation>vergrößert</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{count} done</source>
        <translation>{count} fertig</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} gescheitert</translation>
    </message>
    <message>
        <source>{count} to do</source>
        <translation>{count} zu tun</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>{count} ausgelassen</translation>
    </message>
    <message>
        <source>a box of {count} pictures, {done} done</source>
        <translation>ein Stapel von {count} Bildern, {done} fertig</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>next {place}</source>
        <translation>{place}. danach</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>bicubic</source>
        <translation>bikubisch</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>ganz</translation>
    </message>
    <message>
        <source>{width} × {height} at {top}, {left}</source>
        <translation>{width} × {height} bei {top}, {left}</translation>
    </message>
    <message>
        <source>{steps} steps</source>
        <translation>{steps} Schritte</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>Profile of the screen</source>
        <translation>Profil des Bildschirms</translation>
    </message>
    <message>
        <source>Pictures are shown for the screen of {name}.</source>
        <translation>Bilder werden für den Bildschirm von {name} gezeigt.</translation>
    </message>
    <message>
        <source>{name} is no profile of a screen. Choose the one that was made for yours.</source>
        <translation>{name} ist kein Profil eines Bildschirms. Wählen Sie das, das für Ihren gemacht wurde.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>The reason stands over the picture.</source>
        <translation>Der Grund steht über dem Bild.</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>made in {time}</source>
        <translation>in {time} gemacht</translation>
    </message>
    <message>
        <source>no outside pictures used</source>
        <translation>keine fremden Bilder benutzt</translation>
    </message>
    <message>
        <source>{name} stopped</source>
        <translation>{name} gestoppt</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>{name} finished</source>
        <translation>{name} fertig</translation>
    </message>
    <message>
        <source>equals the input</source>
        <translation>gleich der Eingabe</translation>
    </message>
    <message>
        <source>Unstable</source>
        <comment>share of the picture</comment>
        <translation>Instabil</translation>
    </message>
    <message>
        <source>Not consistent</source>
        <comment>share of the picture</comment>
        <translation>Nicht konsistent</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>Vergangen</translation>
    </message>
    <message>
        <source>Left</source>
        <comment>time</comment>
        <translation>Übrig</translation>
    </message>
    <message>
        <source>about {left_s:.0f} s</source>
        <translation>etwa {left_s:.0f} s</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>{speed:.3g} steps/s</source>
        <translation>{speed:.3g} Schritte/s</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>{steps} steps in {time}</source>
        <translation>{steps} Schritte in {time}</translation>
    </message>
    <message>
        <source>only {done}, where about {usual} are usual here</source>
        <translation>nur {done}, wo hier etwa {usual} üblich sind</translation>
    </message>
    <message>
        <source>only {done}, which is little</source>
        <translation>nur {done}, das ist wenig</translation>
    </message>
    <message>
        <source>{share:.0%} of the passes of the enlargement</source>
        <translation>{share:.0%} der Durchgänge der Vergrößerung</translation>
    </message>
    <message>
        <source>then stopped</source>
        <translation>dann beendet</translation>
    </message>
    <message>
        <source>as many as were asked for</source>
        <translation>so viele wie verlangt</translation>
    </message>
    <message>
        <source>its time was up</source>
        <translation>die Zeit war um</translation>
    </message>
    <message>
        <source>ended by itself, since more promised little</source>
        <translation>von selbst beendet, weil mehr wenig versprach</translation>
    </message>
    <message>
        <source>Enlarging</source>
        <translation>Vergrößert</translation>
    </message>
    <message>
        <source>Enlarging by {name}</source>
        <translation>Vergrößert mit {name}</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>matches the input: {psnr_db:.1f} dB</source>
        <translation>gleicht der Eingabe: {psnr_db:.1f} dB</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>etwa {time}</translation>
    </message>
    <message>
        <source>getting ready</source>
        <translation>bereitet sich vor</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>noch etwa {time}</translation>
    </message>
    <message>
        <source>reconstruction error {rmse:.4f}</source>
        <translation>Rekonstruktionsfehler {rmse:.4f}</translation>
    </message>
    <message>
        <source>, stage {stage} of {stages}</source>
        <translation>, Abschnitt {stage} von {stages}</translation>
    </message>
    <message>
        <source>That failed unexpectedly ({kind}: {error}). Nothing was changed.</source>
        <translation>Das schlug unerwartet fehl ({kind}: {error}). Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Train {name} on</source>
        <translation>{name} weiter trainieren</translation>
    </message>
    <message>
        <source>{name} goes on from what it has learned; what comes out is a run of its own.

More seconds of training:</source>
        <translation>{name} macht mit dem weiter, was er gelernt hat; was herauskommt, ist ein eigener Lauf.

Weitere Sekunden Training:</translation>
    </message>
    <message>
        <source>Train on</source>
        <translation>Weiter trainieren</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Save the curves</source>
        <translation>Die Kurven speichern</translation>
    </message>
    <message>
        <source>{name} is neither .png nor .csv. Give one of the two.</source>
        <translation>{name} ist weder .png noch .csv. Geben Sie eines von beiden an.</translation>
    </message>
    <message>
        <source>{name} is the source, which is never overwritten. Give another name.</source>
        <translation>{name} ist die Quelle, die nie überschrieben wird. Geben Sie einen anderen Namen an.</translation>
    </message>
    <message>
        <source>the middle of the region</source>
        <translation>die Mitte des Ausschnitts</translation>
    </message>
    <message>
        <source>the middle of the picture; draw a region to try elsewhere</source>
        <translation>die Mitte des Bildes; ziehen Sie einen Ausschnitt auf, um es anderswo zu probieren</translation>
    </message>
    <message>
        <source>Each trains for {seconds:g} s on {width} × {height} pixels: {where}.</source>
        <translation>Jeder trainiert {seconds:g} s auf {width} × {height} Pixeln: {where}.</translation>
    </message>
    <message>
        <source>region</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>blend</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>ground truth</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>Kern</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>pixels per inch</source>
        <translation>Pixel pro Zoll</translation>
    </message>
    <message>
        <source>&amp;Undo {change}</source>
        <translation>&amp;Rückgängig: {change}</translation>
    </message>
    <message>
        <source>&amp;Redo {change}</source>
        <translation>&amp;Wiederholen: {change}</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>Ein&amp;reihen</translation>
    </message>
    <message>
        <source>&amp;Enlarge {times}</source>
        <translation>{times} &amp;vergrößern</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>A small network at the picture&apos;s own resolution; a good result in under a minute.</source>
        <translation>Ein kleines Netz in der Auflösung des Bildes; ein gutes Ergebnis in weniger als einer Minute.</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Gründlich</translation>
    </message>
    <message>
        <source>As fast, with a wider network and more time, for the last tenths of a decibel.</source>
        <translation>Wie Schnell, mit breiterem Netz und mehr Zeit, für die letzten Zehntel Dezibel.</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>The method of the paper, line by line; ends by its own rule after minutes.</source>
        <translation>Das Verfahren des Fachartikels, Zeile für Zeile; endet nach Minuten von selbst.</translation>
    </message>
    <message>
        <source>Gradual</source>
        <translation>Stufenweise</translation>
    </message>
    <message>
        <source>The paper&apos;s method in six growing scales; slow and a little better.</source>
        <translation>Das Verfahren des Fachartikels in sechs wachsenden Maßstäben; langsam und etwas besser.</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>Gauß</translation>
    </message>
    <message>
        <source>A soft lens or a scanner. The widths are standard deviations, along the angle and across it.</source>
        <translation>Ein weiches Objektiv oder ein Scanner. Die Breiten sind Standardabweichungen, längs und quer zum Winkel.</translation>
    </message>
    <message>
        <source>Defocus disc</source>
        <translation>Unschärfescheibe</translation>
    </message>
    <message>
        <source>Out of focus: each point of light became an even disc.</source>
        <translation>Nicht scharf gestellt: Jeder Lichtpunkt wurde eine gleichmäßige Scheibe.</translation>
    </message>
    <message>
        <source>Motion line</source>
        <translation>Bewegungslinie</translation>
    </message>
    <message>
        <source>Camera or subject moved along a straight line while the picture was taken.</source>
        <translation>Kamera oder Motiv bewegte sich bei der Aufnahme auf einer geraden Linie.</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Each pixel of the picture is the plain mean of a block, as simple programs and binning sensors make it.</source>
        <translation>Jedes Pixel des Bildes ist das einfache Mittel eines Blocks, wie es einfache Programme und Sensoren mit Binning machen.</translation>
    </message>
    <message>
        <source>Width along</source>
        <translation>Breite längs</translation>
    </message>
    <message>
        <source>Width across</source>
        <translation>Breite quer</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>Radius</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>{length:g}</source>
        <translation>{length:g}</translation>
    </message>
    <message>
        <source>{angle:g}°</source>
        <translation>{angle:g}°</translation>
    </message>
    <message>
        <source>Found: {kernel}</source>
        <translation>Gefunden: {kernel}</translation>
    </message>
    <message>
        <source>Bicubic, sharpened by {percent:.0f} %</source>
        <translation>Bikubisch, um {percent:.0f} % geschärft</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>{percent:.0f} %</source>
        <translation>{percent:.0f} %</translation>
    </message>
    <message>
        <source>en</source>
        <comment>the code of the language, for the names of the months</comment>
        <translation>de</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>a day, as Qt writes formats</comment>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>Bicubic (ideal)</source>
        <translation>Bikubisch (ideal)</translation>
    </message>
    <message>
        <source>As the source</source>
        <translation>Wie die Quelle</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Druck</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; cannot be the name of a preset of your own. Give another one.</source>
        <translation>„{name}“ kann nicht der Name einer eigenen Vorgabe sein. Geben Sie einen anderen an.</translation>
    </message>
    <message>
        <source>Before training</source>
        <translation>Vor dem Training</translation>
    </message>
    <message>
        <source>After {elapsed_s:.1f} s, step {step}</source>
        <translation>Nach {elapsed_s:.1f} s, Schritt {step}</translation>
    </message>
    <message>
        <source>stage {number}</source>
        <translation>Abschnitt {number}</translation>
    </message>
    <message>
        <source>rate {rate:.1g}</source>
        <translation>Rate {rate:.1g}</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Wie das Bild</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is no shape; give width:height, as in 5:4.</source>
        <translation>„{text}“ ist keine Form; geben Sie Breite:Höhe an, wie in 5:4.</translation>
    </message>
    <message>
        <source>Bicubic</source>
        <translation>Bikubisch</translation>
    </message>
    <message>
        <source>Run {number}</source>
        <translation>Lauf {number}</translation>
    </message>
    <message>
        <source>{told} alone is needed in lists, in fields and on the picture. Add Ctrl, or choose another key.</source>
        <translation>{told} allein wird in Listen, in Feldern und auf dem Bild gebraucht. Nehmen Sie Strg dazu oder eine andere Taste.</translation>
    </message>
    <message>
        <source>{told} opens the menu {menu}. Choose other keys.</source>
        <translation>{told} öffnet das Menü {menu}. Wählen Sie andere Tasten.</translation>
    </message>
    <message>
        <source>{told} is the shortcut of “{title}”. Choose other keys, or change that one first.</source>
        <translation>{told} ist das Tastenkürzel von „{title}“. Wählen Sie andere Tasten, oder ändern Sie zuerst jenes.</translation>
    </message>
    <message>
        <source>Narrower (× {factor:g})</source>
        <translation>Schmaler (× {factor:g})</translation>
    </message>
    <message>
        <source>Wider (× {factor:g})</source>
        <translation>Breiter (× {factor:g})</translation>
    </message>
    <message>
        <source>its list of results is damaged</source>
        <translation>ihre Liste der Ergebnisse ist beschädigt</translation>
    </message>
    <message>
        <source>the run that was shown is missing</source>
        <translation>der Lauf, der gezeigt wurde, fehlt</translation>
    </message>
    <message>
        <source>the ground truth is missing</source>
        <translation>die Referenz fehlt</translation>
    </message>
    <message>
        <source>what {name} is compared with is missing</source>
        <translation>womit {name} verglichen wird, fehlt</translation>
    </message>
    <message>
        <source>The project</source>
        <translation>Das Projekt</translation>
    </message>
    <message>
        <source>a frame of its film is damaged</source>
        <translation>ein Bild seines Films ist beschädigt</translation>
    </message>
    <message>
        <source>{root} cannot be written to, so the work is not saved by itself.</source>
        <translation>In {root} kann nicht geschrieben werden; die Arbeit speichert sich nicht von selbst.</translation>
    </message>
    <message>
        <source>{folder} cannot be made ({strerror}), so the work is not saved.</source>
        <translation>{folder} kann nicht angelegt werden ({strerror}); die Arbeit wird nicht gespeichert.</translation>
    </message>
    <message>
        <source>its record is too large</source>
        <translation>das Verzeichnis darin ist zu groß</translation>
    </message>
    <message>
        <source>it was not written by this version of ZSSR Studio</source>
        <translation>sie wurde nicht von dieser Version von ZSSR Studio geschrieben</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is no name of a file in it</source>
        <translation>„{name}“ ist kein Name einer Datei darin</translation>
    </message>
    <message>
        <source>There is no file {path}. Check the name and the folder.</source>
        <translation>Es gibt keine Datei {path}. Prüfen Sie Namen und Ordner.</translation>
    </message>
    <message>
        <source>{name} is no project that can be opened: {error}. Choose a file that Save project wrote.</source>
        <translation>{name} ist kein Projekt, das sich öffnen lässt: {error}. Wählen Sie eine Datei, die „Projekt speichern“ geschrieben hat.</translation>
    </message>
    <message>
        <source>it was not written by ZSSR Studio</source>
        <translation>sie wurde nicht von ZSSR Studio geschrieben</translation>
    </message>
    <message>
        <source>the disk has not enough room to unpack it</source>
        <translation>der Platz auf dem Datenträger reicht nicht, um es auszupacken</translation>
    </message>
    <message>
        <source>{path} was changed since it was opened, so the work is not saved.</source>
        <translation>{path} wurde seit dem Öffnen geändert; die Arbeit wird nicht gespeichert.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({why}), so the work is not saved.</source>
        <translation>{path} lässt sich nicht lesen ({why}); die Arbeit wird nicht gespeichert.</translation>
    </message>
    <message>
        <source>Enlarges one picture by training a small network on that picture alone: what the network knows of edges and textures it learned from smaller and larger copies of your own picture. No outside pictures are used.</source>
        <translation>Vergrößert ein Bild, indem ein kleines Netz auf diesem Bild allein trainiert wird: Was das Netz von Kanten und Texturen weiß, hat es von kleineren und größeren Kopien Ihres eigenen Bildes gelernt. Fremde Bilder werden nicht benutzt.</translation>
    </message>
    <message>
        <source>No network use, no telemetry: nothing leaves this machine.</source>
        <translation>Kein Zugriff auf das Internet, keine Telemetrie: Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>About ZSSR Studio</source>
        <translation>Über ZSSR Studio</translation>
    </message>
    <message>
        <source>Info on {name}</source>
        <translation>Info zu {name}</translation>
    </message>
    <message>
        <source>What the file says</source>
        <translation>Was die Datei sagt</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Diese Einstellungen nehmen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Set scale, preset, blur, noise and the rest as this file was made with.</source>
        <translation>Stellt Faktor, Vorgabe, Unschärfe, Rauschen und das Übrige so ein, wie diese Datei entstand.</translation>
    </message>
    <message>
        <source>Reproduce</source>
        <translation>Reproduzieren</translation>
    </message>
    <message>
        <source>Do the run of this file again by its record, and compare the pixels.</source>
        <translation>Den Lauf dieser Datei nach seinem Protokoll wiederholen und die Pixel vergleichen.</translation>
    </message>
    <message>
        <source>All of it is on the clipboard.</source>
        <translation>Alles liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>What the studio is made of</source>
        <translation>Woraus das Studio besteht</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>The method is that of the paper:
{paper}</source>
        <translation>Das Verfahren ist das des Fachartikels:
{paper}</translation>
    </message>
    <message>
        <source>MIT licence. The typeface is Inter, under the SIL Open Font License; most icons are Lucide&apos;s, under the ISC licence; the sample photo is CC0.</source>
        <translation>MIT-Lizenz. Die Schrift ist Inter, unter der SIL Open Font License; die meisten Symbole sind von Lucide, unter der ISC-Lizenz; das Beispielfoto ist CC0.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>{first} – {second}, difference × {gain}</source>
        <translation>{first} – {second}, Differenz × {gain}</translation>
    </message>
    <message>
        <source>Arrow keys move the slider, the region or the picture; plus and minus zoom. Tab hides the panels, F6 goes on.</source>
        <translation>Pfeiltasten bewegen den Schieber, den Ausschnitt oder das Bild; Plus und Minus zoomen. Tab verbirgt die Bereiche, F6 geht weiter.</translation>
    </message>
    <message>
        <source>Comparison slider at {share:.0%}: {first} to the left, {second} to the right.</source>
        <translation>Vergleichsschieber bei {share:.0%}: {first} links, {second} rechts.</translation>
    </message>
    <message>
        <source>Comparison slider at {share:.0%}: {first} above, {second} below.</source>
        <translation>Vergleichsschieber bei {share:.0%}: {first} oben, {second} unten.</translation>
    </message>
    <message>
        <source>Drag the line. Zoomed in, a drag beside it moves the picture.</source>
        <translation>Ziehen Sie die Linie. Vergrößert verschiebt ein Zug daneben das Bild.</translation>
    </message>
    <message>
        <source>All move and zoom as one.</source>
        <translation>Alle bewegen sich und zoomen gemeinsam.</translation>
    </message>
    <message>
        <source>X or Space shows the next one.</source>
        <translation>X oder die Leertaste zeigt das nächste.</translation>
    </message>
    <message>
        <source>Black is equal. Zoom to 100 % to see each pixel&apos;s own.</source>
        <translation>Schwarz ist gleich. Auf 100 % zoomen, um jedes Pixel für sich zu sehen.</translation>
    </message>
    <message>
        <source>Tick two to nine pictures below to compare them.</source>
        <translation>Wählen Sie unten zwei bis neun Bilder aus, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Swap sides</source>
        <translation>Seiten tauschen</translation>
    </message>
    <message>
        <source>Run Enlarge, or add a file, to compare.</source>
        <translation>Zum Vergleichen erst vergrößern oder eine Datei hinzufügen.</translation>
    </message>
    <message>
        <source>Choose a way to compare above.</source>
        <translation>Oben eine Art des Vergleichens wählen.</translation>
    </message>
    <message>
        <source>Gain</source>
        <comment>of a difference that is shown</comment>
        <translation>Verstärkung</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Gewinn</translation>
    </message>
    <message>
        <source>How many times brighter the difference is shown than it is.</source>
        <translation>Wievielmal heller die Differenz gezeigt wird, als sie ist.</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächstes</translation>
    </message>
    <message>
        <source>The curves appear here once a network trains.</source>
        <translation>Die Kurven erscheinen hier, sobald ein Netz trainiert.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show the whole of the curves again (0, or a double click on them).</source>
        <translation>Wieder die ganzen Kurven zeigen (0, oder ein Doppelklick darauf).</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Lassen, wie es ist</translation>
    </message>
    <message>
        <source>As found</source>
        <translation>Wie gefunden</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Von Hand</translation>
    </message>
    <message>
        <source>Noise is not cleaned: it becomes larger with the picture.</source>
        <translation>Rauschen wird nicht bereinigt: Es wird mit dem Bild größer.</translation>
    </message>
    <message>
        <source>Colour noise kept</source>
        <translation>Farbrauschen, das bleibt</translation>
    </message>
    <message>
        <source>How much of the colour of the noise comes back; until you move it as much as of its brightness, set above.</source>
        <translation>Wie viel von der Farbe des Rauschens zurückkommt; so viel wie von seiner Helligkeit, die oben gesetzt ist, bis Sie es verschieben.</translation>
    </message>
    <message>
        <source>Whether noise is cleaned away, or becomes larger with the picture.</source>
        <translation>Ob Rauschen bereinigt wird oder mit dem Bild größer wird.</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>Whether JPEG blocks and rings are cleaned away, or become larger with the picture.</source>
        <translation>Ob JPEG-Blöcke und Säume bereinigt werden oder mit dem Bild größer werden.</translation>
    </message>
    <message>
        <source>The quality at which the picture was compressed, from 1 to 100: the lower, the more is cleaned.</source>
        <translation>Die Qualität, mit der das Bild komprimiert wurde, von 1 bis 100: je niedriger, desto mehr wird bereinigt.</translation>
    </message>
    <message>
        <source>The network learns to undo what was found in this picture.</source>
        <translation>Das Netz lernt rückgängig zu machen, was in diesem Bild gefunden wurde.</translation>
    </message>
    <message>
        <source>The network cleans even noise of this strength; too much smooths fine texture.</source>
        <translation>Das Netz bereinigt gleichmäßiges Rauschen dieser Stärke; zu viel glättet feine Textur.</translation>
    </message>
    <message>
        <source>Estimate finds noise and JPEG compression.</source>
        <translation>„Schätzen“ findet Rauschen und JPEG-Kompression.</translation>
    </message>
    <message>
        <source>Open a picture. Blur, noise and compression are found by themselves.</source>
        <translation>Öffnen Sie ein Bild. Unschärfe, Rauschen und Kompression werden von selbst gefunden.</translation>
    </message>
    <message>
        <source>Looking at the picture …</source>
        <translation>Das Bild wird angesehen …</translation>
    </message>
    <message>
        <source>The picture was not looked at. Estimate, under Expert, does it.</source>
        <translation>Das Bild wurde nicht angesehen. „Schätzen“ unter „Experte“ holt es nach.</translation>
    </message>
    <message>
        <source>Set by hand, in the place of what is found; it goes on to the next picture.</source>
        <translation>Von Hand gesetzt, anstelle des Gefundenen; es gilt auch für das nächste Bild.</translation>
    </message>
    <message>
        <source>Set for this picture, in the place of what was found last.</source>
        <translation>Für dieses Bild gesetzt, anstelle des zuletzt Gefundenen.</translation>
    </message>
    <message>
        <source>Found: {damage}.</source>
        <translation>Gefunden: {damage}.</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <source>set</source>
        <comment>chosen before</comment>
        <translation>gesetzt</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>How strong the noise is that is cleaned, in percent from black to white; too much smooths fine texture.</source>
        <translation>Wie stark das Rauschen ist, das bereinigt wird, in Prozent von Schwarz bis Weiß; zu viel glättet feine Textur.</translation>
    </message>
    <message>
        <source>The picture was made small by an ordinary program. Right for most pictures that look sharp at 100 %.</source>
        <translation>Das Bild wurde von einem gewöhnlichen Programm verkleinert. Passt für die meisten Bilder, die bei 100 % scharf aussehen.</translation>
    </message>
    <message>
        <source>Found from this picture, so not exact: training takes in all kernels that are as near as it is sure.</source>
        <translation>In diesem Bild gefunden, also nicht genau: Das Training nimmt alle Kerne auf, die so nah sind, wie es sicher ist.</translation>
    </message>
    <message>
        <source>Placed by its centre of mass; the frame is one pixel of the picture.</source>
        <translation>Nach seinem Schwerpunkt gelegt; der Rahmen ist ein Pixel des Bildes.</translation>
    </message>
    <message>
        <source>Point at the kernel, or use the arrow keys on it, to read a value.</source>
        <translation>Auf den Kern zeigen oder die Pfeiltasten darauf benutzen, um einen Wert zu lesen.</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Unschärfe</translation>
    </message>
    <message>
        <source>Kernel of the file</source>
        <translation>Kern aus der Datei</translation>
    </message>
    <message>
        <source>The blur to undo. The right one makes the picture clearly sharper; one that is too wide leaves rings at edges.</source>
        <translation>Die Unschärfe, die rückgängig gemacht wird. Die richtige macht das Bild deutlich schärfer; eine zu breite lässt Ringe an Kanten.</translation>
    </message>
    <message>
        <source>Which blur of the file is undone: the one that leaves the picture sharp and without rings is right.</source>
        <translation>Welche Unschärfe der Datei rückgängig gemacht wird: Richtig ist die, die das Bild scharf und ohne Ringe lässt.</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>Schätzen</translation>
    </message>
    <message>
        <source>Find from this picture alone which blur, noise and JPEG blocks to undo; takes about a second.</source>
        <translation>Aus diesem Bild allein finden, welche Unschärfe, welches Rauschen und welche JPEG-Blöcke zu beseitigen sind; dauert etwa eine Sekunde.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Open kernel…</source>
        <translation>Kern öffnen…</translation>
    </message>
    <message>
        <source>Undo a blur that you measured: a .mat, .npy, .npz or .csv file, or a picture of the kernel.</source>
        <translation>Eine Unschärfe beseitigen, die Sie gemessen haben: eine Datei .mat, .npy, .npz oder .csv, oder ein Bild des Kerns.</translation>
    </message>
    <message>
        <source>Try several…</source>
        <translation>Mehrere probieren…</translation>
    </message>
    <message>
        <source>Train a few seconds with each of several kernels on the region, and see which makes it sharpest.</source>
        <translation>Mit jedem von mehreren Kernen einige Sekunden auf dem Ausschnitt trainieren und sehen, welcher ihn am schärfsten macht.</translation>
    </message>
    <message>
        <source>Row {row}, column {column}:
{value:.4f}</source>
        <translation>Zeile {row}, Spalte {column}:
{value:.4f}</translation>
    </message>
    <message>
        <source>Own choices</source>
        <translation>Eigene Auswahl</translation>
    </message>
    <message>
        <source>More choices</source>
        <translation>Mehr Auswahl</translation>
    </message>
    <message>
        <source>Keep…</source>
        <translation>Behalten…</translation>
    </message>
    <message>
        <source>Keep these choices under a name of your own.</source>
        <translation>Diese Auswahl unter einem eigenen Namen behalten.</translation>
    </message>
    <message>
        <source>Remove this preset of your own.</source>
        <translation>Diese eigene Vorgabe entfernen.</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>What it knows</source>
        <translation>Was es kennt</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Networks with a self-ensemble of 8: somewhat better, eight times as long</source>
        <translation>Netze mit einem Selbst-Ensemble von 8: etwas besser, achtmal so lange</translation>
    </message>
    <message>
        <source>what is found in each</source>
        <translation>was in jedem gefunden wird</translation>
    </message>
    <message>
        <source>the same in all, as in the open picture</source>
        <translation>in allen dasselbe wie im offenen Bild</translation>
    </message>
    <message>
        <source>as the source</source>
        <translation>wie die Quelle</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Each picture has its own blur, grain and compression, and each is looked at before it is enlarged. One for all suits pictures of one lens or one scanner.</source>
        <translation>Jedes Bild hat seine eigene Unschärfe, sein eigenes Korn und seine eigene Kompression, und jedes wird angesehen, bevor es vergrößert wird. Eins für alle passt zu Bildern eines Objektivs oder eines Scanners.</translation>
    </message>
    <message>
        <source>How results are called: {stem} is the name of the picture, {scale} the scale, {folder} its folder.</source>
        <translation>Wie Ergebnisse heißen: {stem} ist der Name des Bildes, {scale} der Faktor, {folder} sein Ordner.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>no folder</source>
        <translation>kein Ordner</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Methods to compare with</source>
        <translation>Verfahren, mit denen verglichen wird</translation>
    </message>
    <message>
        <source>Choose a folder of networks that others trained; each file is looked into.</source>
        <translation>Einen Ordner mit Netzen wählen, die andere trainiert haben; in jede Datei wird hineingesehen.</translation>
    </message>
    <message>
        <source>Choose the folder of networks</source>
        <translation>Den Ordner der Netze wählen</translation>
    </message>
    <message>
        <source>Look through no folder any more.</source>
        <translation>Keinen Ordner mehr durchsehen.</translation>
    </message>
    <message>
        <source>any</source>
        <translation>jeder</translation>
    </message>
    <message>
        <source>{count:.1f} million</source>
        <translation>{count:.1f} Mio.</translation>
    </message>
    <message>
        <source>{count:.0f} thousand</source>
        <translation>{count:.0f} Tsd.</translation>
    </message>
    <message>
        <source>Choose folder and name</source>
        <translation>Ordner und Namen wählen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>How the file is written</source>
        <translation>Wie die Datei geschrieben wird</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>in {folder}</source>
        <translation>in {folder}</translation>
    </message>
    <message>
        <source>Looking how large it becomes…</source>
        <translation>Es wird ermittelt, wie groß sie wird …</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>32 bits, floating point</source>
        <translation>32 Bit, Gleitkomma</translation>
    </message>
    <message>
        <source>Deflate, without loss</source>
        <translation>Deflate, ohne Verlust</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Keep the profile, byte for byte</source>
        <translation>Profil behalten, Byte für Byte</translation>
    </message>
    <message>
        <source>Convert to sRGB</source>
        <translation>In sRGB umwandeln</translation>
    </message>
    <message>
        <source>Convert to Display P3</source>
        <translation>In Display P3 umwandeln</translation>
    </message>
    <message>
        <source>Convert to Adobe RGB</source>
        <translation>In Adobe RGB umwandeln</translation>
    </message>
    <message>
        <source>Convert to ProPhoto RGB</source>
        <translation>In ProPhoto RGB umwandeln</translation>
    </message>
    <message>
        <source>Convert to a profile file…</source>
        <translation>In eine Profildatei umwandeln…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All but the place</source>
        <translation>Alle außer dem Ort</translation>
    </message>
    <message>
        <source>Keep the size on paper</source>
        <translation>Größe auf Papier behalten</translation>
    </message>
    <message>
        <source>Keep the pixels per inch</source>
        <translation>Pixel pro Zoll behalten</translation>
    </message>
    <message>
        <source>Set pixels per inch</source>
        <translation>Pixel pro Zoll setzen</translation>
    </message>
    <message>
        <source>In the source&apos;s format, depth and colour profile, with all of its metadata.</source>
        <translation>In Format, Farbtiefe und Farbprofil der Quelle, mit allen Metadaten.</translation>
    </message>
    <message>
        <source>For screens: in sRGB, without the place, as large as you say.</source>
        <translation>Für Bildschirme: in sRGB, ohne den Ort, so groß wie Sie sagen.</translation>
    </message>
    <message>
        <source>For paper: 16 bits in Adobe RGB at these pixels per inch; what is missing is resampled.</source>
        <translation>Für Papier: 16 Bit in Adobe RGB mit diesen Pixeln je Zoll; was fehlt, wird interpoliert.</translation>
    </message>
    <message>
        <source>All that there is: TIFF, 16 bits or more, packed without loss, with all metadata.</source>
        <translation>Alles, was da ist: TIFF, 16 Bit oder mehr, verlustfrei gepackt, mit allen Metadaten.</translation>
    </message>
    <message>
        <source>No side becomes longer than this; a smaller picture stays as it is.</source>
        <translation>Keine Seite wird länger als das; ein kleineres Bild bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>The quality becomes as high as this allows.</source>
        <translation>Die Qualität wird so hoch, wie das erlaubt.</translation>
    </message>
    <message>
        <source>Width on paper; the height follows.</source>
        <translation>Breite auf Papier; die Höhe folgt.</translation>
    </message>
    <message>
        <source>Height on paper; the width follows.</source>
        <translation>Höhe auf Papier; die Breite folgt.</translation>
    </message>
    <message>
        <source>Algorithmically enhanced</source>
        <translation>Algorithmisch verbessert</translation>
    </message>
    <message>
        <source>As the source says</source>
        <translation>Wie die Quelle sagt</translation>
    </message>
    <message>
        <source>Digital capture</source>
        <translation>Digitale Aufnahme</translation>
    </message>
    <message>
        <source>Computational capture</source>
        <translation>Berechnete Aufnahme</translation>
    </message>
    <message>
        <source>Negative film</source>
        <translation>Negativfilm</translation>
    </message>
    <message>
        <source>Positive film</source>
        <translation>Positivfilm</translation>
    </message>
    <message>
        <source>Human edits</source>
        <translation>Von Hand bearbeitet</translation>
    </message>
    <message>
        <source>Composite of captures</source>
        <translation>Montage aus Aufnahmen</translation>
    </message>
    <message>
        <source>Composite</source>
        <translation>Montage</translation>
    </message>
    <message>
        <source>Composite with synthetic parts</source>
        <translation>Montage mit künstlichen Teilen</translation>
    </message>
    <message>
        <source>Digital creation</source>
        <translation>Digital geschaffen</translation>
    </message>
    <message>
        <source>Made from data</source>
        <translation>Aus Daten erzeugt</translation>
    </message>
    <message>
        <source>Made by an algorithm</source>
        <translation>Von einem Algorithmus erzeugt</translation>
    </message>
    <message>
        <source>Made by a trained algorithm</source>
        <translation>Von einem trainierten Algorithmus erzeugt</translation>
    </message>
    <message>
        <source>Composite with parts by a trained algorithm</source>
        <translation>Montage mit Teilen eines trainierten Algorithmus</translation>
    </message>
    <message>
        <source>Screen capture</source>
        <translation>Bildschirmaufnahme</translation>
    </message>
    <message>
        <source>Recording of a virtual world</source>
        <translation>Aufnahme einer virtuellen Welt</translation>
    </message>
    <message>
        <source>Computational capture of several frames</source>
        <translation>Berechnete Aufnahme aus mehreren Bildern</translation>
    </message>
    <message>
        <source>Without loss</source>
        <translation>Ohne Verlust</translation>
    </message>
    <message>
        <source>Made by ZSSR Studio</source>
        <translation>Von ZSSR Studio</translation>
    </message>
    <message>
        <source>Content credentials</source>
        <translation>Inhaltsnachweise (Content Credentials)</translation>
    </message>
    <message>
        <source>Not in the file: {absent}.</source>
        <translation>Nicht in der Datei: {absent}.</translation>
    </message>
    <message>
        <source>To know</source>
        <translation>Zu wissen</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort der Datei</translation>
    </message>
    <message>
        <source>{size} ({count} bytes)</source>
        <translation>{size} ({count} Bytes)</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>{page} of {pages}</source>
        <translation>{page} von {pages}</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Anordnung</translation>
    </message>
    <message>
        <source>Coding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>Sensor</source>
        <translation>Sensor</translation>
    </message>
    <message>
        <source>{bits} bits, floating point</source>
        <translation>{bits} Bit, Gleitkomma</translation>
    </message>
    <message>
        <source>{bits} bits</source>
        <translation>{bits} Bit</translation>
    </message>
    <message>
        <source>straight</source>
        <translation>nicht vormultipliziert</translation>
    </message>
    <message>
        <source>associated</source>
        <translation>vormultipliziert</translation>
    </message>
    <message>
        <source>gray</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>{width} × {height}, {megapixels} megapixels</source>
        <translation>{width} × {height}, {megapixels} Megapixel</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Bittiefe</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>On paper</source>
        <translation>Auf Papier</translation>
    </message>
    <message>
        <source>Orientation</source>
        <translation>Ausrichtung</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Wie</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>The file tells its settings in words only; they cannot be set from it.</source>
        <translation>Die Datei nennt ihre Einstellungen nur in Worten; sie lassen sich daraus nicht übernehmen.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Exactness</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>Kompression</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>Transparency</source>
        <translation>Transparenz</translation>
    </message>
    <message>
        <source>Colour profile</source>
        <translation>Farbprofil</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Auflösung</translation>
    </message>
    <message>
        <source>Longest side</source>
        <translation>Längste Seite</translation>
    </message>
    <message>
        <source>Size of the file</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <source>Pixels per inch</source>
        <translation>Pixel pro Zoll</translation>
    </message>
    <message>
        <source>Source type</source>
        <translation>Quellentyp</translation>
    </message>
    <message>
        <source>Convert to {name}</source>
        <translation>In {name} umwandeln</translation>
    </message>
    <message>
        <source>As the source: {depth}</source>
        <translation>Wie die Quelle: {depth}</translation>
    </message>
    <message>
        <source>95 keeps all that the eye sees; 85 makes files for the web half as large.</source>
        <translation>95 behält alles, was das Auge sieht; 85 macht Dateien fürs Web halb so groß.</translation>
    </message>
    <message>
        <source>Keeping is exact. Converting changes the numbers, so that programs without colour management show the picture right.</source>
        <translation>Behalten ist exakt. Umwandeln ändert die Zahlen, sodass auch Programme ohne Farbverwaltung das Bild richtig zeigen.</translation>
    </message>
    <message>
        <source>EXIF, IPTC and XMP of the source, with size and orientation put right.</source>
        <translation>EXIF, IPTC und XMP der Quelle, mit richtiggestellter Größe und Ausrichtung.</translation>
    </message>
    <message>
        <source>600 ppi enlarged twice are 1200 ppi on the same paper, or 600 ppi on a larger one.</source>
        <translation>600 ppi, zweimal vergrößert, sind 1200 ppi auf demselben Papier oder 600 ppi auf größerem.</translation>
    </message>
    <message>
        <source>What the XMP says of where the picture comes from, in IPTC&apos;s words.</source>
        <translation>Was die XMP in den Worten des IPTC sagen, woher das Bild kommt.</translation>
    </message>
    <message>
        <source>Pictures of the output on the way appear here once a network trains.</source>
        <translation>Bilder der Ausgabe auf dem Weg erscheinen hier, sobald ein Netz trainiert.</translation>
    </message>
    <message>
        <source>Choose one to see it in its place.</source>
        <translation>Eines wählen, um es an seiner Stelle zu sehen.</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Zurück zu jetzt</translation>
    </message>
    <message>
        <source>Show what there is now again (Escape).</source>
        <translation>Wieder zeigen, was jetzt da ist (Escape).</translation>
    </message>
    <message>
        <source>Film of the run</source>
        <translation>Film des Laufs</translation>
    </message>
    <message>
        <source>Left and Right go through the pictures, Escape goes back to now.</source>
        <translation>Links und Rechts gehen durch die Bilder, Escape geht zurück zu jetzt.</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>{seconds:.1f} s</source>
        <translation>{seconds:.1f} s</translation>
    </message>
    <message>
        <source>Blur kernel</source>
        <translation>Unschärfekern</translation>
    </message>
    <message>
        <source>{rows} × {columns} taps
Sharp: no blur beyond the sampling</source>
        <translation>{rows} × {columns} Werte
Scharf: keine Unschärfe über die Abtastung hinaus</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>Rund</translation>
    </message>
    <message>
        <source>Angle {angle_deg:.0f}°</source>
        <translation>Winkel {angle_deg:.0f}°</translation>
    </message>
    <message>
        <source>{rows} × {columns} taps
Widths {long:.2f}, {short:.2f} px
{angle}</source>
        <translation>{rows} × {columns} Werte
Breiten {long:.2f}, {short:.2f} px
{angle}</translation>
    </message>
    <message>
        <source>Loss curves</source>
        <translation>Fehlerkurven</translation>
    </message>
    <message>
        <source>Left and Right go along the curves, plus and minus zoom, 0 shows all.</source>
        <translation>Links und Rechts gehen die Kurven entlang, Plus und Minus zoomen, 0 zeigt alles.</translation>
    </message>
    <message>
        <source>Point at a step for its values; the wheel or a drag zooms, a double click shows all.</source>
        <translation>Auf einen Schritt zeigen für seine Werte; das Rad oder Ziehen zoomt, ein Doppelklick zeigt alles.</translation>
    </message>
    <message>
        <source>training loss (L1)</source>
        <translation>Trainingsfehler (L1)</translation>
    </message>
    <message>
        <source>reconstruction error (RMSE)</source>
        <translation>Rekonstruktionsfehler (RMSE)</translation>
    </message>
    <message>
        <source>step {step:.0f} · {elapsed_s:.1f} s · rate {rate:.2g}</source>
        <translation>Schritt {step:.0f} · {elapsed_s:.1f} s · Rate {rate:.2g}</translation>
    </message>
    <message>
        <source>loss {loss:.4f}</source>
        <translation>Fehler {loss:.4f}</translation>
    </message>
    <message>
        <source>reconstruction {error}</source>
        <translation>Rekonstruktion {error}</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Wegnehmen</translation>
    </message>
    <message>
        <source>Dismiss all</source>
        <translation>Alle wegnehmen</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Die Meldung wegnehmen</translation>
    </message>
    <message>
        <source>Take this message away (Esc).</source>
        <translation>Diese Meldung wegnehmen (Esc).</translation>
    </message>
    <message>
        <source>Take this message and those before it away.</source>
        <translation>Diese Meldung und die davor wegnehmen.</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>{earlier} earlier</source>
        <translation>{earlier} frühere</translation>
    </message>
    <message>
        <source>No command has such a name.</source>
        <translation>Kein Befehl heißt so.</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Einen Befehl finden</translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <source>Pixel values under the pointer</source>
        <translation>Pixelwerte unter dem Zeiger</translation>
    </message>
    <message>
        <source>row, column {row}, {column}</source>
        <translation>Zeile, Spalte {row}, {column}</translation>
    </message>
    <message>
        <source>Row {row}, column {column}. {spoken}</source>
        <translation>Zeile {row}, Spalte {column}. {spoken}</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>Wie im System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Use sRGB</source>
        <translation>sRGB nehmen</translation>
    </message>
    <message>
        <source>Forget everything</source>
        <translation>Alles vergessen</translation>
    </message>
    <message>
        <source>Do not sign</source>
        <translation>Nicht signieren</translation>
    </message>
    <message>
        <source>sRGB, an ordinary screen</source>
        <translation>sRGB, ein gewöhnlicher Bildschirm</translation>
    </message>
    <message>
        <source>no certificate</source>
        <translation>kein Zertifikat</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <source>Colours of the window; the surround of the picture is neutral in each.</source>
        <translation>Farben des Fensters; um das Bild herum ist es in jeder neutral.</translation>
    </message>
    <message>
        <source>The language of the window from the next start on.</source>
        <translation>Die Sprache des Fensters vom nächsten Start an.</translation>
    </message>
    <message>
        <source>Choose the ICC profile that was made for this screen, so that colours look right.</source>
        <translation>Das ICC-Profil wählen, das für diesen Bildschirm gemacht wurde, damit die Farben stimmen.</translation>
    </message>
    <message>
        <source>Show colours for an ordinary screen again.</source>
        <translation>Farben wieder für einen gewöhnlichen Bildschirm zeigen.</translation>
    </message>
    <message>
        <source>The recipe that is set when the studio starts.</source>
        <translation>Das Rezept, das beim Start des Studios eingestellt ist.</translation>
    </message>
    <message>
        <source>The time that is set when the studio starts; longer is sharper, by less and less.</source>
        <translation>Die Zeit, die beim Start des Studios eingestellt ist; länger wird schärfer, immer weniger.</translation>
    </message>
    <message>
        <source>Choose a certificate and its key, both PEM; each export is signed by them (C2PA).</source>
        <translation>Ein Zertifikat und seinen Schlüssel wählen, beide als PEM; jeder Export wird damit signiert (C2PA).</translation>
    </message>
    <message>
        <source>Sign exports no more.</source>
        <translation>Exporte nicht mehr signieren.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Preset at the start</source>
        <translation>Vorgabe beim Start</translation>
    </message>
    <message>
        <source>Time at the start</source>
        <translation>Zeit beim Start</translation>
    </message>
    <message>
        <source>Language, preset and time are those of the next start. The settings on the right stay as they are.</source>
        <translation>Sprache, Vorgabe und Zeit gelten ab dem nächsten Start. Die Einstellungen rechts bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Networks to compare with</source>
        <translation>Netze zum Vergleich</translation>
    </message>
    <message>
        <source>Sign exports by</source>
        <translation>Exporte signieren mit</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>{path} is not there now.</source>
        <translation>{path} ist jetzt nicht da.</translation>
    </message>
    <message>
        <source>Open {path}</source>
        <translation>{path} öffnen</translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation>Noch keine Bilder</translation>
    </message>
    <message>
        <source>Open re&amp;cent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>{name} (not found)</source>
        <translation>{name} (nicht gefunden)</translation>
    </message>
    <message>
        <source>{name} in {parent}</source>
        <translation>{name} in {parent}</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>Damit weitermachen</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>Verwerfen…</translation>
    </message>
    <message>
        <source>Open the picture with its region, settings and results; a training goes on.</source>
        <translation>Das Bild mit Ausschnitt, Einstellungen und Ergebnissen öffnen; ein Training geht weiter.</translation>
    </message>
    <message>
        <source>Remove what was saved. Left alone, it is offered again at the next start.</source>
        <translation>Das Gespeicherte entfernen. Bleibt es, wird es beim nächsten Start wieder angeboten.</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Rows of the picture above the region; what lies there is not enlarged.</source>
        <translation>Zeilen des Bildes über dem Ausschnitt; was dort liegt, wird nicht vergrößert.</translation>
    </message>
    <message>
        <source>Columns of the picture to the left of the region; what lies there is not enlarged.</source>
        <translation>Spalten des Bildes links vom Ausschnitt; was dort liegt, wird nicht vergrößert.</translation>
    </message>
    <message>
        <source>Rows of the picture that are enlarged; the network learns from these alone.</source>
        <translation>Zeilen des Bildes, die vergrößert werden; nur von ihnen lernt das Netz.</translation>
    </message>
    <message>
        <source>Columns of the picture that are enlarged; the network learns from these alone.</source>
        <translation>Spalten des Bildes, die vergrößert werden; nur von ihnen lernt das Netz.</translation>
    </message>
    <message>
        <source>The shape that the enlarged part keeps while you draw or type: width:height, as in 5:4.</source>
        <translation>Die Form, die der vergrößerte Teil behält, während Sie zeichnen oder tippen: Breite:Höhe, wie in 5:4.</translation>
    </message>
    <message>
        <source>Region, {name}</source>
        <translation>Ausschnitt, {name}</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Compare with other methods</source>
        <translation>Mit anderen Verfahren vergleichen</translation>
    </message>
    <message>
        <source>Blend of the result and bicubic, in percent of the result</source>
        <translation>Mischung von Ergebnis und bikubisch, in Prozent des Ergebnisses</translation>
    </message>
    <message>
        <source>Less of the result makes the picture softer and calmer, as bicubic is. It is exported as you see it.</source>
        <translation>Weniger vom Ergebnis macht das Bild weicher und ruhiger, wie bikubisch ist. Exportiert wird, was Sie sehen.</translation>
    </message>
    <message>
        <source>Blend of {name}: {share:.0%}</source>
        <translation>Anteil {name}: {share:.0%}</translation>
    </message>
    <message>
        <source>Each picture is held in memory until it is removed or another one is opened.</source>
        <translation>Jedes Bild bleibt im Speicher, bis es entfernt oder ein anderes geöffnet wird.</translation>
    </message>
    <message>
        <source>Figures of the run</source>
        <translation>Zahlen des Laufs</translation>
    </message>
    <message>
        <source>What of the run is shown</source>
        <translation>Was vom Lauf gezeigt wird</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Look closer at {name}</source>
        <translation>{name} genauer ansehen</translation>
    </message>
    <message>
        <source>&amp;Other seeds: networks in all</source>
        <translation>&amp;Andere Startwerte: Netze insgesamt</translation>
    </message>
    <message>
        <source>A &amp;blur that is off by</source>
        <translation>Eine &amp;Unschärfe, die abweicht um</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Trains each anew, as long as the run, and marks where their results differ.</source>
        <translation>Trainiert jedes neu, so lange wie der Lauf, und zeigt, wo ihre Ergebnisse abweichen.</translation>
    </message>
    <message>
        <source>Trains on under a wider and a narrower blur, and tells what changes.</source>
        <translation>Trainiert unter einer breiteren und einer schmaleren Unschärfe weiter und sagt, was sich ändert.</translation>
    </message>
    <message>
        <source>Runs ({count} waiting)</source>
        <translation>Läufe ({count} warten)</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Wird zu</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kern</translation>
    </message>
    <message>
        <source>Cleaned</source>
        <translation>Bereinigt</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>Consistency</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <source>PSNR, SSIM</source>
        <translation>PSNR, SSIM</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Runs appear here with their settings. Enlarge while one trains lets another wait for its turn.</source>
        <translation>Läufe erscheinen hier mit ihren Einstellungen. „Vergrößern“ während eines Trainings lässt einen weiteren warten.</translation>
    </message>
    <message>
        <source>What differs is bold.</source>
        <translation>Unterschiede sind fett.</translation>
    </message>
    <message>
        <source>Runs and their settings</source>
        <translation>Läufe und ihre Einstellungen</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>ohne Grenze</translation>
    </message>
    <message>
        <source>Shows or hides the part to enlarge, in exact numbers.</source>
        <translation>Zeigt oder verbirgt den zu vergrößernden Ausschnitt in genauen Zahlen.</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>Shows or hides blur, noise, preset, time, device and seed by hand.</source>
        <translation>Zeigt oder verbirgt Unschärfe, Rauschen, Voreinstellung, Zeit, Gerät und Startzahl von Hand.</translation>
    </message>
    <message>
        <source>Open a picture to see the size of the result.</source>
        <translation>Öffnen Sie ein Bild, um die Größe des Ergebnisses zu sehen.</translation>
    </message>
    <message>
        <source>{before} becomes {width} × {height} pixels</source>
        <translation>{before} wird {width} × {height} Pixel</translation>
    </message>
    <message>
        <source>{before} becomes {width} × {height} pixels. The file tells no resolution: the print is reckoned with {ppi} ppi.</source>
        <translation>{before} wird {width} × {height} Pixel. Die Datei nennt keine Auflösung: Der Druck ist mit {ppi} ppi gerechnet.</translation>
    </message>
    <message>
        <source>What I see</source>
        <translation>Was ich sehe</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>Aufwand</translation>
    </message>
    <message>
        <source>Noise and compression</source>
        <translation>Rauschen und Kompression</translation>
    </message>
    <message>
        <source>Ti&amp;me</source>
        <translation>&amp;Zeit</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>How the network learns: faster recipes give a sharp picture sooner, slower ones somewhat finer detail.</source>
        <translation>Wie das Netz lernt: Schnellere Rezepte geben früher ein scharfes Bild, langsamere etwas feinere Einzelheiten.</translation>
    </message>
    <message>
        <source>Try</source>
        <comment>an effort</comment>
        <translation>Probe</translation>
    </message>
    <message>
        <source>A first look in seconds; fine detail is not there yet.</source>
        <translation>Ein erster Eindruck in Sekunden; feine Einzelheiten fehlen noch.</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>What most pictures need: sharp in under a minute.</source>
        <translation>Was die meisten Bilder brauchen: scharf in weniger als einer Minute.</translation>
    </message>
    <message>
        <source>A wider network and four minutes, for the last bit of fine detail.</source>
        <translation>Ein breiteres Netz und vier Minuten, für die letzten feinen Einzelheiten.</translation>
    </message>
    <message>
        <source>Effort: {title}</source>
        <translation>Aufwand: {title}</translation>
    </message>
    <message>
        <source>By Expert: {what}</source>
        <translation>Unter „Experte“: {what}</translation>
    </message>
    <message>
        <source>Longer training makes edges and fine texture crisper, by less and less; it may end sooner by itself.</source>
        <translation>Längeres Training macht Kanten und feine Textur schärfer, immer weniger; es kann von selbst früher enden.</translation>
    </message>
    <message>
        <source>What computes; the picture comes out nearly the same. Automatic takes a graphics card where there is one.</source>
        <translation>Was rechnet; das Bild wird fast gleich. Automatisch nimmt eine Grafikkarte, wo es eine gibt.</translation>
    </message>
    <message>
        <source>Ends after so many steps, not by the clock: the same steps and seed give the same picture, bit for bit, on the processor.</source>
        <translation>Endet nach so vielen Schritten, nicht nach der Uhr: Dieselben Schritte und derselbe Startwert geben auf dem Prozessor dasselbe Bild, Bit für Bit.</translation>
    </message>
    <message>
        <source>Another number draws other parts to learn from: fine detail comes out slightly differently.</source>
        <translation>Eine andere Zahl zieht andere Teile zum Lernen: Feine Einzelheiten werden etwas anders.</translation>
    </message>
    <message>
        <source>Trains for {time} at most.</source>
        <translation>Lernt höchstens {time}.</translation>
    </message>
    <message>
        <source>{seconds:g} s</source>
        <translation>{seconds:g} s</translation>
    </message>
    <message>
        <source>{minutes:.3g} min</source>
        <translation>{minutes:.3g} min</translation>
    </message>
    <message>
        <source>How far the blur that is undone spreads along its angle; too much leaves rings at edges, too little leaves it soft.</source>
        <translation>Wie weit sich die Unschärfe, die beseitigt wird, längs ihres Winkels erstreckt; zu viel lässt Ringe an Kanten, zu wenig lässt es weich.</translation>
    </message>
    <message>
        <source>How far the blur that is undone spreads across its angle; too much leaves rings at edges, too little leaves it soft.</source>
        <translation>Wie weit sich die Unschärfe, die beseitigt wird, quer zu ihrem Winkel erstreckt; zu viel lässt Ringe an Kanten, zu wenig lässt es weich.</translation>
    </message>
    <message>
        <source>Which way the blur that is undone runs; a wrong one leaves streaks.</source>
        <translation>In welche Richtung die Unschärfe läuft, die beseitigt wird; eine falsche lässt Streifen.</translation>
    </message>
    <message>
        <source>How far out of focus the picture is taken to be; too much leaves rings at edges, too little leaves it soft.</source>
        <translation>Wie unscharf das Bild eingestellt sein soll; zu viel lässt Ringe an Kanten, zu wenig lässt es weich.</translation>
    </message>
    <message>
        <source>How far the camera or the subject moved; too much doubles edges, too little leaves them smeared.</source>
        <translation>Wie weit sich Kamera oder Motiv bewegte; zu viel verdoppelt Kanten, zu wenig lässt sie verschmiert.</translation>
    </message>
    <message>
        <source>Rows of the block that became one pixel; too much leaves rings at edges, too little leaves it soft.</source>
        <translation>Zeilen des Blocks, der ein Pixel wurde; zu viel lässt Ringe an Kanten, zu wenig lässt es weich.</translation>
    </message>
    <message>
        <source>Columns of the block that became one pixel; too much leaves rings at edges, too little leaves it soft.</source>
        <translation>Spalten des Blocks, der ein Pixel wurde; zu viel lässt Ringe an Kanten, zu wenig lässt es weich.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Let no keys take this command.</source>
        <translation>Diesem Befehl keine Tasten geben.</translation>
    </message>
    <message>
        <source>Give this command the program&apos;s own keys again.</source>
        <translation>Diesem Befehl wieder die Tasten des Programms geben.</translation>
    </message>
    <message>
        <source>Give all commands the program&apos;s own keys again.</source>
        <translation>Allen Befehlen wieder die Tasten des Programms geben.</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>Die neuen Tasten drücken</translation>
    </message>
    <message>
        <source>Click here and press the keys that are to take this command.</source>
        <translation>Hier klicken und die Tasten drücken, die diesen Befehl auslösen sollen.</translation>
    </message>
    <message>
        <source>Keys of “{title}”</source>
        <translation>Tasten von „{title}“</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>cm</source>
        <translation>cm</translation>
    </message>
    <message>
        <source>in</source>
        <translation>Zoll</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>How many times larger the picture becomes: 2, 1.5, or vertical × horizontal as in 2x1.5, which stretches it.</source>
        <translation>Wievielmal größer das Bild wird: 2, 1.5, oder senkrecht × waagerecht wie in 2x1.5, was es streckt.</translation>
    </message>
    <message>
        <source>Width of the result in pixels</source>
        <translation>Breite des Ergebnisses in Pixeln</translation>
    </message>
    <message>
        <source>How wide the picture becomes, exactly; the height follows, so that nothing is stretched.</source>
        <translation>Wie breit das Bild genau wird; die Höhe folgt, sodass nichts gestreckt wird.</translation>
    </message>
    <message>
        <source>Height of the result in pixels</source>
        <translation>Höhe des Ergebnisses in Pixeln</translation>
    </message>
    <message>
        <source>How high the picture becomes, exactly; the width follows, so that nothing is stretched.</source>
        <translation>Wie hoch das Bild genau wird; die Breite folgt, sodass nichts gestreckt wird.</translation>
    </message>
    <message>
        <source>Width of the print</source>
        <translation>Breite des Drucks</translation>
    </message>
    <message>
        <source>Width on paper; the pixels follow from the pixels per inch.</source>
        <translation>Breite auf Papier; die Pixel folgen aus den Pixeln pro Zoll.</translation>
    </message>
    <message>
        <source>Height of the print</source>
        <translation>Höhe des Drucks</translation>
    </message>
    <message>
        <source>Height on paper; the pixels follow from the pixels per inch.</source>
        <translation>Höhe auf Papier; die Pixel folgen aus den Pixeln pro Zoll.</translation>
    </message>
    <message>
        <source>Pixels per inch of the print</source>
        <translation>Pixel pro Zoll des Drucks</translation>
    </message>
    <message>
        <source>300 suits a print held in the hand. The pixels stay.</source>
        <translation>300 passt zu einem Druck, den man in der Hand hält. Die Pixel bleiben.</translation>
    </message>
    <message>
        <source>Unit of the print</source>
        <translation>Einheit des Drucks</translation>
    </message>
    <message>
        <source>Centimetres or inches; changes the figures of the print only, not the picture.</source>
        <translation>Zentimeter oder Zoll; ändert nur die Zahlen des Drucks, nicht das Bild.</translation>
    </message>
    <message>
        <source>{error} The scale stays {scale}.</source>
        <translation>{error} Der Faktor bleibt {scale}.</translation>
    </message>
    <message>
        <source>Open a picture…</source>
        <translation>Bild öffnen…</translation>
    </message>
    <message>
        <source>Try the sample photo</source>
        <translation>Das Beispielfoto probieren</translation>
    </message>
    <message>
        <source>Enlarge one picture by learning from it alone</source>
        <translation>Ein Bild vergrößern und nur von ihm lernen</translation>
    </message>
    <message>
        <source>A small network trains on your picture while you watch. No outside pictures are used.</source>
        <translation>Ein kleines Netz trainiert auf Ihrem Bild, während Sie zusehen. Fremde Bilder werden nicht benutzt.</translation>
    </message>
    <message>
        <source>or drop pictures here, or a folder: PNG, JPEG, TIFF, WebP, AVIF, JPEG XL, HEIC, BMP, DNG or RAW</source>
        <translation>oder Bilder oder einen Ordner hierher ziehen: PNG, JPEG, TIFF, WebP, AVIF, JPEG XL, HEIC, BMP, DNG oder RAW</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Not tried</source>
        <translation>Nicht probiert</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Probieren</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>After these</source>
        <translation>Nach diesen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Look at each</source>
        <translation>Jedes ansehen</translation>
    </message>
    <message>
        <source>Progress of the box</source>
        <translation>Fortschritt des Stapels</translation>
    </message>
    <message>
        <source>Try several kernels</source>
        <translation>Mehrere Kerne probieren</translation>
    </message>
    <message>
        <source>Kernels to try</source>
        <translation>Zu probierende Kerne</translation>
    </message>
    <message>
        <source>The results appear here, side by side.
Drag to move all, turn the wheel to zoom.</source>
        <translation>Die Ergebnisse erscheinen hier, nebeneinander.
Ziehen bewegt alle, das Rad zoomt.</translation>
    </message>
    <message>
        <source>Choose {least} to {most} kernels.</source>
        <translation>Wählen Sie {least} bis {most} Kerne.</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>Diesen nehmen</translation>
    </message>
    <message>
        <source>Result with {title}</source>
        <translation>Ergebnis mit {title}</translation>
    </message>
    <message>
        <source>Use {title}</source>
        <translation>{title} nehmen</translation>
    </message>
    <message>
        <source>Arrow keys move all results, plus and minus zoom.</source>
        <translation>Die Pfeiltasten bewegen alle Ergebnisse, Plus und Minus zoomen.</translation>
    </message>
    <message>
        <source>A scale of 1 enlarges nothing: the picture is copied, and nothing is trained.</source>
        <translation>Ein Maßstab von 1 vergrößert nichts: Das Bild wird kopiert, und nichts wird trainiert.</translation>
    </message>
    <message>
        <source>A kernel is known for the wanted scale only, so the gradual scales between are left out.</source>
        <translation>Ein Kern ist nur für den gewünschten Maßstab bekannt; die Maßstäbe dazwischen entfallen deshalb.</translation>
    </message>
    <message>
        <source>Training did not beat interpolation on this picture&apos;s own reconstruction, so the result is bicubic interpolation with back-projection.</source>
        <translation>Das Training hat dieses Bild nicht besser wiederhergestellt als die Interpolation; das Ergebnis ist deshalb bikubische Interpolation mit Rückprojektion.</translation>
    </message>
    <message>
        <source>Edges came out with halos, as where a picture is less blurred than was assumed: only {percent} % of what was learned is taken. A narrower kernel may bring more.</source>
        <translation>Kanten haben Höfe bekommen, wie wenn ein Bild weniger unscharf ist als angenommen: Von dem, was gelernt wurde, werden nur {percent} % genommen. Ein schmalerer Kern bringt vielleicht mehr.</translation>
    </message>
    <message>
        <source>Flat parts came out rougher than interpolation leaves them, though they were to be cleaned: there {percent} % of what was learned is taken, and all of it where the picture has detail.</source>
        <translation>Flache Stellen wurden rauer, als die Interpolation sie lässt, obwohl sie gereinigt werden sollten: Dort werden {percent} % dessen übernommen, was gelernt wurde, und alles, wo das Bild Einzelheiten hat.</translation>
    </message>
    <message>
        <source>The network died: {death}. It starts again with a smaller learning rate.</source>
        <translation>Das Netz ist abgestorben: {death}. Es beginnt mit einer kleineren Lernrate von Neuem.</translation>
    </message>
    <message>
        <source>The graphics card could not record the steps of the training ({reason}), so they are asked for one by one, which is slower and gives the same result.</source>
        <translation>Die Grafikkarte konnte die Schritte des Trainings nicht aufzeichnen ({reason}); sie werden einzeln angefordert, was länger dauert und dasselbe ergibt.</translation>
    </message>
    <message>
        <source>Training ends after {seconds:.0f} s: twice as much promises less than {least_gain_db:g} dB here.</source>
        <translation>Das Training endet nach {seconds:.0f} s: Doppelt so viel verspricht hier weniger als {least_gain_db:g} dB.</translation>
    </message>
    <message>
        <source>The blur reaches further than the network sees, so it is undone on the picture made {times} times smaller, which loses nothing that such a blur left; the result is as large as was asked for.</source>
        <translation>Die Unschärfe reicht weiter, als das Netz sieht; darum wird sie auf dem {times}-mal kleiner gemachten Bild rückgängig gemacht, das nichts verliert, was eine solche Unschärfe übrig ließ. Das Ergebnis ist so groß wie verlangt.</translation>
    </message>
    <message>
        <source>Flat parts hold noise that is too slight to be cleaned, and it came out rougher than interpolation leaves it: there {percent} % of what was learned is taken, and all of it where the picture has detail.</source>
        <translation>Flache Stellen haben ein Rauschen, das zu schwach ist, um gereinigt zu werden, und es wurde rauer, als die Interpolation es lässt: Dort werden {percent} % dessen übernommen, was gelernt wurde, und alles, wo das Bild Einzelheiten hat.</translation>
    </message>
    <message>
        <source>The memory of the {device} device is full: the run starts again on the processor.</source>
        <translation>Der Speicher des Geräts {device} ist voll: Der Lauf beginnt auf dem Prozessor von Neuem.</translation>
    </message>
    <message>
        <source>The memory of the {device} device is full: the processor makes the output.</source>
        <translation>Der Speicher des Geräts {device} ist voll: Der Prozessor erzeugt die Ausgabe.</translation>
    </message>
    <message>
        <source>Stopped while enlarging: what is left of the picture is made in one pass instead of {most}, which is sooner done and slightly less fine.</source>
        <translation>Beim Vergrößern beendet: Der Rest des Bildes wird in einem Durchgang statt in {most} gemacht, eher fertig und etwas weniger fein.</translation>
    </message>
    <message>
        <source>The memory does not take the whole picture at once, and each pixel that this network makes depends on all of it: it is made in blocks, which can differ slightly from the whole.</source>
        <translation>Der Speicher reicht nicht für das ganze Bild auf einmal, und jedes Pixel, das dieses Netz macht, hängt vom ganzen Bild ab: Es wird in Blöcken gemacht, die vom Ganzen ein wenig abweichen können.</translation>
    </message>
    <message>
        <source>The picture and the program take {held_gb:.1f} GB already, more than the {allowed_gb:g} GB that were allowed; the output is made in the smallest blocks.</source>
        <translation>Das Bild und das Programm belegen bereits {held_gb:.1f} GB, mehr als die erlaubten {allowed_gb:g} GB; die Ausgabe entsteht in den kleinsten Blöcken.</translation>
    </message>
    <message>
        <source>Other programs keep the processor busy: for now this run uses {threads} of {most} threads.</source>
        <translation>Andere Programme beschäftigen den Prozessor: Vorerst nutzt dieser Lauf {threads} von {most} Threads.</translation>
    </message>
    <message>
        <source>Other programs keep the processor busy, and this run often waits for them. Bounded in steps it keeps its {most} threads, so that it gives the same bits as ever. With fewer of them a run is faster now (in the terminal --threads {threads}); its bits are the same each time, but can be other ones than with {most}.</source>
        <translation>Andere Programme beschäftigen den Prozessor, und dieser Lauf wartet oft auf sie. In Schritten begrenzt behält er seine {most} Threads, damit er dieselben Bits ergibt wie immer. Mit weniger von ihnen ist ein Lauf jetzt schneller (im Terminal --threads {threads}); seine Bits sind jedes Mal dieselben, können aber andere sein als mit {most}.</translation>
    </message>
    <message>
        <source>its loss is no number any more</source>
        <translation>sein Verlust ist keine Zahl mehr</translation>
    </message>
    <message>
        <source>its loss is back at the level of interpolation</source>
        <translation>sein Verlust liegt wieder auf der Höhe der Interpolation</translation>
    </message>
    <message>
        <source>its loss is far above that of interpolation</source>
        <translation>sein Verlust liegt weit über dem der Interpolation</translation>
    </message>
    <message>
        <source>none of its inner units answers any more</source>
        <translation>keine seiner inneren Einheiten antwortet mehr</translation>
    </message>
    <message>
        <source>{length:.1f}</source>
        <translation>{length:.1f}</translation>
    </message>
    <message>
        <source>The picture is too small, or too flat in some direction, to show its blur; bicubic is assumed.</source>
        <translation>Das Bild ist zu klein oder in einer Richtung zu eintönig, um seine Unschärfe zu zeigen; bikubisch wird angenommen.</translation>
    </message>
    <message>
        <source>The picture is as sharp as an ordinary downscaling makes it: bicubic fits.</source>
        <translation>Das Bild ist so scharf, wie gewöhnliches Verkleinern es macht: bikubisch passt.</translation>
    </message>
    <message>
        <source>Parts of the picture are blurred differently; bicubic, which is safe, is assumed.</source>
        <translation>Teile des Bildes sind verschieden unscharf; bikubisch, das nichts verdirbt, wird angenommen.</translation>
    </message>
    <message>
        <source>Out of focus: points of light became discs with a radius of about {lengths} pixels of the result.</source>
        <translation>Unscharf gestellt: Lichtpunkte wurden zu Scheiben mit einem Radius von etwa {lengths} Pixeln des Ergebnisses.</translation>
    </message>
    <message>
        <source>Shaken: points of light became lines of about {lengths} pixels of the result, at {angle:.0f} degrees.</source>
        <translation>Verwackelt: Lichtpunkte wurden zu Linien von etwa {lengths} Pixeln des Ergebnisses, unter {angle:.0f} Grad.</translation>
    </message>
    <message>
        <source>It was sharpened, by about {sharpening:.0f} %, which is undone.</source>
        <translation>Es wurde geschärft, um etwa {sharpening:.0f} %; das wird rückgängig gemacht.</translation>
    </message>
    <message>
        <source>Blurred by about {lengths} pixels of the result (standard deviations); parts of the picture agree within {spread} %.</source>
        <translation>Um etwa {lengths} Pixel des Ergebnisses unscharf (Standardabweichungen); Teile des Bildes stimmen auf {spread} % überein.</translation>
    </message>
    <message>
        <source>Blurred by about {lengths} pixels of the result (standard deviations, the longer one at {angle:g} degrees); parts of the picture agree within {spread} %.</source>
        <translation>Um etwa {lengths} Pixel des Ergebnisses unscharf (Standardabweichungen, die größere unter {angle:g} Grad); Teile des Bildes stimmen auf {spread} % überein.</translation>
    </message>
    <message>
        <source>It is asymmetric: {share:.0f} % of it lies elsewhere than in that Gaussian.</source>
        <translation>Die Unschärfe ist asymmetrisch: {share:.0f} % von ihr liegen anderswo als in dieser Gaußglocke.</translation>
    </message>
    <message>
        <source>No kernel can be larger than that; the blur is, so a smaller scale would undo more of it.</source>
        <translation>Größer kann ein Kern nicht sein; die Unschärfe ist es, sodass ein kleinerer Faktor mehr von ihr beseitigen würde.</translation>
    </message>
    <message>
        <source>grain of about {grain:.1f} pixels and {percent:.1f} % of the value range</source>
        <translation>Korn von etwa {grain:.1f} Pixeln und {percent:.1f} % des Wertebereichs</translation>
    </message>
    <message>
        <source>grain of about {grain:.1f} pixels and {percent:.1f} % of the value range, stronger where it is bright</source>
        <translation>Korn von etwa {grain:.1f} Pixeln und {percent:.1f} % des Wertebereichs, stärker, wo es hell ist</translation>
    </message>
    <message>
        <source>noise of about {percent:.1f} % of the value range</source>
        <translation>Rauschen von etwa {percent:.1f} % des Wertebereichs</translation>
    </message>
    <message>
        <source>noise of about {percent:.1f} % of the value range, stronger where it is bright</source>
        <translation>Rauschen von etwa {percent:.1f} % des Wertebereichs, stärker, wo es hell ist</translation>
    </message>
    <message>
        <source>JPEG compression of about quality {quality}</source>
        <translation>JPEG-Kompression von etwa Qualität {quality}</translation>
    </message>
    <message>
        <source>{noise} and {compression}</source>
        <translation>{noise} und {compression}</translation>
    </message>
    <message>
        <source>{damage}, of which {share:.0f} % comes back</source>
        <translation>{damage}, davon kommen {share:.0f} % zurück</translation>
    </message>
    <message>
        <source>{damage}, of which {share:.0f} % comes back, and {colour:.0f} % of its colour</source>
        <translation>{damage}, davon kommen {share:.0f} % zurück und {colour:.0f} % der Farbe</translation>
    </message>
    <message>
        <source>no noise and no compression that would be worth cleaning</source>
        <translation>weder Rauschen noch Kompression, die zu bereinigen sich lohnte</translation>
    </message>
    <message>
        <source>Zoom in per cent</source>
        <translation>Zoom in Prozent</translation>
    </message>
    <message>
        <source>At 100 % one pixel of the finest picture shown is one of the screen; type another zoom.</source>
        <translation>Bei 100 % ist ein Pixel des feinsten gezeigten Bildes eines des Bildschirms; geben Sie einen anderen Zoom ein.</translation>
    </message>
    <message>
        <source>“{text}” is no zoom. Type a number of per cent, as 150.</source>
        <translation>„{text}“ ist kein Zoom. Geben Sie eine Zahl in Prozent ein, etwa 150.</translation>
    </message>
    <message>
        <source>State of the run</source>
        <translation>Stand des Laufs</translation>
    </message>
    <message>
        <source>The loss of the training: it falls while the network learns.</source>
        <translation>Der Fehler des Trainings: Er fällt, während das Netz lernt.</translation>
    </message>
    <message>
        <source>The tools that have no room here.</source>
        <translation>Die Werkzeuge, die hier keinen Platz haben.</translation>
    </message>
    <message>
        <source>More tools</source>
        <translation>Weitere Werkzeuge</translation>
    </message>
    <message>
        <source>Needs {needed:.1f} GB of memory, and this machine has {there:.1f} GB: {remedy}.</source>
        <translation>Braucht {needed:.1f} GB Arbeitsspeicher, und dieser Rechner hat {there:.1f} GB: {remedy}.</translation>
    </message>
    <message>
        <source>Needs {needed:.1f} GB on the disk of {folder}, which has {there:.1f} GB: make room there, or {remedy}.</source>
        <translation>Braucht {needed:.1f} GB auf dem Datenträger von {folder}, der noch {there:.1f} GB hat: Schaffen Sie dort Platz, oder {remedy}.</translation>
    </message>
    <message>
        <source>up to {time} · {memory:.1f} GB</source>
        <translation>bis zu {time} · {memory:.1f} GB</translation>
    </message>
    <message>
        <source>about {time} · {memory:.1f} GB</source>
        <translation>etwa {time} · {memory:.1f} GB</translation>
    </message>
    <message>
        <source>choose {factor:g}× or a region</source>
        <translation>wählen Sie {factor:g}× oder einen Ausschnitt</translation>
    </message>
    <message>
        <source>choose a region</source>
        <translation>wählen Sie einen Ausschnitt</translation>
    </message>
    <message>
        <source>Enlarge begins as soon as the picture was looked at.</source>
        <translation>Das Vergrößern beginnt, sobald das Bild angesehen wurde.</translation>
    </message>
    <message>
        <source>This very run is going on already.</source>
        <translation>Genau dieser Lauf ist schon im Gange.</translation>
    </message>
    <message>
        <source>This very run waits for its turn already.</source>
        <translation>Genau dieser Lauf wartet schon.</translation>
    </message>
    <message>
        <source>{why} Change a setting, such as the time or the seed, to let another one wait.</source>
        <translation>{why} Ändern Sie eine Einstellung, etwa die Zeit oder den Startwert, um einen weiteren warten zu lassen.</translation>
    </message>
    <message>
        <source>The run was ended without a picture. What it has learned is kept: with the same settings, Enlarge begins with the enlargement.</source>
        <translation>Der Lauf wurde ohne Bild beendet. Das Gelernte bleibt: Mit denselben Einstellungen beginnt Vergrößern gleich mit der Vergrößerung.</translation>
    </message>
    <message>
        <source>Make what is left of the picture in one pass: sooner done, slightly less fine.</source>
        <translation>Den Rest des Bildes in einem Durchgang machen: eher fertig, etwas weniger fein.</translation>
    </message>
    <message>
        <source>End this method without a picture; what waits goes on.</source>
        <translation>Dieses Verfahren ohne Bild beenden; was wartet, geht weiter.</translation>
    </message>
    <message>
        <source>End without a picture; what was learned is kept.</source>
        <translation>Ohne Bild beenden; das Gelernte bleibt.</translation>
    </message>
    <message>
        <source>{seconds:.0f} s</source>
        <translation>{seconds:.0f} s</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>Trying what that does on a small part…</source>
        <translation>Wird an einem kleinen Teil ausprobiert…</translation>
    </message>
    <message>
        <source>A small part after {trained_s:.1f} s of training; Enlarge makes it finer.</source>
        <translation>Ein kleiner Teil nach {trained_s:.1f} s Lernen; „Vergrößern“ macht es feiner.</translation>
    </message>
    <message>
        <source>After {trained_s:.1f} s of training nothing can be seen of it yet.</source>
        <translation>Nach {trained_s:.1f} s Lernen ist davon noch nichts zu sehen.</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie es ist</translation>
    </message>
    <message>
        <source>undone</source>
        <comment>what was found</comment>
        <translation>behoben</translation>
    </message>
    <message>
        <source>On: the result is made as sharp as the picture was before. Off: it stays as it is.</source>
        <translation>An: Das Ergebnis wird so scharf, wie das Bild vorher war. Aus: Es bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>On: the network learns to clean it. Off: it becomes larger with the picture.</source>
        <translation>An: Das Netz lernt, es zu bereinigen. Aus: Es wird mit dem Bild größer.</translation>
    </message>
    <message>
        <source>On: blocks and rings are cleaned. Off: they become larger with the picture.</source>
        <translation>An: Blöcke und Säume werden bereinigt. Aus: Sie werden mit dem Bild größer.</translation>
    </message>
    <message>
        <source>{share:.0f} %</source>
        <translation>{share:.0f} %</translation>
    </message>
    <message>
        <source>How much is cleaned</source>
        <translation>Wie viel bereinigt wird</translation>
    </message>
    <message>
        <source>How much of noise and JPEG blocks goes, from none to all: the grain of an old photograph may stay.</source>
        <translation>Wie viel von Rauschen und JPEG-Blöcken verschwindet, von nichts bis alles: Das Korn einer alten Fotografie darf bleiben.</translation>
    </message>
    <message>
        <source>not undone</source>
        <translation>bleibt</translation>
    </message>
    <message>
        <source>Shows on a small part what undoing this alone does, or hides it.</source>
        <translation>Zeigt an einem kleinen Teil, was es bewirkt, nur das zu beheben, oder blendet es aus.</translation>
    </message>
    <message>
        <source>Sample: {finding}</source>
        <translation>Probe: {finding}</translation>
    </message>
    <message>
        <source>Box</source>
        <comment>pictures that were opened together</comment>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Pictures of the box, shown or folded away</source>
        <translation>Bilder des Stapels, gezeigt oder eingeklappt</translation>
    </message>
    <message>
        <source>Show the pictures of the box, or fold them away.</source>
        <translation>Die Bilder des Stapels zeigen oder einklappen.</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>folded away</source>
        <translation>eingeklappt</translation>
    </message>
    <message>
        <source>Soft, about {lengths} pixels</source>
        <translation>Weich, etwa {lengths} Pixel</translation>
    </message>
    <message>
        <source>Out of focus, about {lengths} pixels</source>
        <translation>Falsch fokussiert, etwa {lengths} Pixel</translation>
    </message>
    <message>
        <source>Shaken, about {lengths} pixels</source>
        <translation>Verwackelt, etwa {lengths} Pixel</translation>
    </message>
    <message>
        <source>Was sharpened, by about {percent:.0f} %</source>
        <translation>Wurde geschärft, um etwa {percent:.0f} %</translation>
    </message>
    <message>
        <source>Too small or too flat to tell how sharp it is; it is taken as sharp.</source>
        <translation>Zu klein oder zu flächig, um die Schärfe zu beurteilen; es gilt als scharf.</translation>
    </message>
    <message>
        <source>Sharp.</source>
        <translation>Scharf.</translation>
    </message>
    <message>
        <source>Its parts are blurred differently; it is taken as sharp.</source>
        <translation>Seine Teile sind verschieden unscharf; es gilt als scharf.</translation>
    </message>
    <message>
        <source>Sharp and clean: nothing to undo.</source>
        <translation>Scharf und sauber: nichts zu beheben.</translation>
    </message>
    <message>
        <source>Grain of about a pixel</source>
        <translation>Korn von etwa einem Pixel</translation>
    </message>
    <message>
        <source>Grain of about {grain:.1f} pixels</source>
        <translation>Korn von etwa {grain:.1f} Pixeln</translation>
    </message>
    <message>
        <source>Noise, about {percent:.1f} %</source>
        <translation>Rauschen, etwa {percent:.1f} %</translation>
    </message>
    <message>
        <source>JPEG, quality {quality}</source>
        <translation>JPEG, Qualität {quality}</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>sicher</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>wohl</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>{folder} could not be shown. Open it in a file manager.</source>
        <translation>{folder} konnte nicht gezeigt werden. Öffnen Sie den Ordner in einem Dateimanager.</translation>
    </message>
    <message>
        <source>It was not signed: {error}.</source>
        <translation>Es wurde nicht signiert: {error}.</translation>
    </message>
    <message>
        <source>It is too large to be signed in memory; its signature is beside it: {name}.</source>
        <translation>Es ist zu groß, um im Speicher signiert zu werden; die Signatur liegt daneben: {name}.</translation>
    </message>
    <message>
        <source>The file cannot be made as small as {size}, even at quality {quality}. Choose a shorter longest side or allow a larger file.</source>
        <translation>Auf {size} lässt sich die Datei auch mit Qualität {quality} nicht verkleinern. Wählen Sie eine kürzere längste Seite oder erlauben Sie eine größere Datei.</translation>
    </message>
    <message>
        <source>{folder} holds too many files that are called {name}. Choose another folder.</source>
        <translation>In {folder} liegen zu viele Dateien mit dem Namen {name}. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{width} × {height} pixels · about {size}</source>
        <translation>{width} × {height} Pixel · etwa {size}</translation>
    </message>
    <message>
        <source>{width} × {height} pixels · {wide} × {high} cm at {ppi} ppi · about {size}</source>
        <translation>{width} × {height} Pixel · {wide} × {high} cm bei {ppi} ppi · etwa {size}</translation>
    </message>
    <message>
        <source>With a quality of {quality}.</source>
        <translation>Mit Qualität {quality}.</translation>
    </message>
    <message>
        <source>The file tells no resolution, as its source tells none; at {ppi} ppi that would be {wide} × {high} cm.</source>
        <translation>Die Datei nennt keine Auflösung, da die Quelle keine nennt; bei {ppi} ppi wären das {wide} × {high} cm.</translation>
    </message>
    <message>
        <source>Interpolated from the {made} pixels of the result, which adds no detail.</source>
        <translation>Aus den {made} Pixeln des Ergebnisses interpoliert, was keine Einzelheiten hinzufügt.</translation>
    </message>
    <message>
        <source>Made smaller from the {made} pixels of the result, antialiased.</source>
        <translation>Aus den {made} Pixeln des Ergebnisses verkleinert, mit Kantenglättung.</translation>
    </message>
    <message>
        <source>The settings are those of this file.</source>
        <translation>Die Einstellungen sind die dieser Datei.</translation>
    </message>
    <message>
        <source>The settings and the region are those of this file.</source>
        <translation>Einstellungen und Ausschnitt sind die dieser Datei.</translation>
    </message>
    <message>
        <source>The settings are those of this file; its region was drawn on another picture.</source>
        <translation>Die Einstellungen sind die dieser Datei; ihr Ausschnitt wurde auf einem anderen Bild gezogen.</translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation>Alle exportieren …</translation>
    </message>
    <message>
        <source>{what}? There is work that is in no file yet.</source>
        <translation>{what}? Es gibt Arbeit, die noch in keiner Datei ist.</translation>
    </message>
    <message>
        <source>Save project…</source>
        <translation>Projekt speichern …</translation>
    </message>
    <message>
        <source>Leave? There is work that goes on.</source>
        <translation>Verlassen? Es wird noch gearbeitet.</translation>
    </message>
    <message>
        <source>{count} results in no file.</source>
        <translation>{count} Ergebnisse in keiner Datei.</translation>
    </message>
    <message>
        <source>Results in no file: {names}.</source>
        <translation>Ergebnisse in keiner Datei: {names}.</translation>
    </message>
    <message>
        <source>A run that is going on, with what it has learned so far.</source>
        <translation>Ein Lauf, der gerade rechnet, mit allem, was er bisher gelernt hat.</translation>
    </message>
    <message>
        <source>1 run that waits in the queue.</source>
        <translation>1 Lauf, der in der Warteschlange wartet.</translation>
    </message>
    <message>
        <source>{waiting} runs that wait in the queue.</source>
        <translation>{waiting} Läufe, die in der Warteschlange warten.</translation>
    </message>
    <message>
        <source>A comparison with other methods that is going on; a project does not keep it.</source>
        <translation>Ein Vergleich mit anderen Verfahren, der im Gang ist; ein Projekt behält ihn nicht.</translation>
    </message>
    <message>
        <source>Save project keeps all of it in one file, to go on from there.</source>
        <translation>Projekt speichern bewahrt alles in einer Datei auf, von der aus es weitergeht.</translation>
    </message>
    <message>
        <source>Export all writes each result into a folder.</source>
        <translation>Alle exportieren schreibt jedes Ergebnis in einen Ordner.</translation>
    </message>
    <message>
        <source>With Export all the run ends.</source>
        <translation>Mit Alle exportieren endet der Lauf.</translation>
    </message>
    <message>
        <source>Export all results to a folder</source>
        <translation>Alle Ergebnisse in einen Ordner exportieren</translation>
    </message>
    <message>
        <source>All results are in {folder}.</source>
        <translation>Alle Ergebnisse sind in {folder}.</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Arrow keys go along, Enter shows, Space picks up to nine to compare, F2 renames, Delete removes.</source>
        <translation>Pfeiltasten gehen weiter, die Eingabetaste zeigt, die Leertaste wählt bis zu neun zum Vergleichen aus, F2 benennt um, Entf entfernt.</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>&amp;Anzeigen</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Enlarge it</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Show in its &amp;folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>Take out of the &amp;box</source>
        <translation>Aus dem &amp;Stapel nehmen</translation>
    </message>
    <message>
        <source>Ren&amp;ame…</source>
        <translation>Um&amp;benennen…</translation>
    </message>
    <message>
        <source>new</source>
        <comment>of a run that nobody looked at yet</comment>
        <translation>neu</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is no scale; write it like 2, {half} or 2x{half} (vertical × horizontal).</source>
        <translation>„{text}“ ist kein Faktor; schreiben Sie ihn wie 2, {half} oder 2x{half} (senkrecht × waagerecht).</translation>
    </message>
    <message>
        <source>A scale lies between {least} and {most}, {factor} does not.</source>
        <translation>Ein Faktor liegt zwischen {least} und {most}, {factor} nicht.</translation>
    </message>
    <message>
        <source>Take the nearest size that can be made; the export resamples it to the one you want.</source>
        <translation>Nimmt die nächste Größe, die möglich ist; der Export rechnet sie auf die gewünschte um.</translation>
    </message>
    <message>
        <source>Export for print resamples it to {wanted} pixels, which adds no detail.</source>
        <translation>Der Export für den Druck interpoliert auf {wanted} Pixel, was keine Einzelheiten hinzufügt.</translation>
    </message>
    <message>
        <source>{wanted} pixels are more than {most} times {source}. {made} can be made, and the rest resampled in the export.</source>
        <translation>{wanted} Pixel sind mehr als das {most}-Fache von {source}. {made} können errechnet und der Rest im Export interpoliert werden.</translation>
    </message>
    <message>
        <source>Make {made}</source>
        <translation>{made} errechnen</translation>
    </message>
    <message>
        <source>{wanted} pixels are fewer than the {source} of the picture. It can be copied, and made smaller in the export.</source>
        <translation>{wanted} Pixel sind weniger als die {source} des Bildes. Es kann kopiert und im Export verkleinert werden.</translation>
    </message>
    <message>
        <source>Copy it</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>The scale stays {scale}.</source>
        <translation>Der Faktor bleibt {scale}.</translation>
    </message>
    <message>
        <source>Ordinary enlargement</source>
        <translation>Übliche Vergrößerung</translation>
    </message>
    <message>
        <source>ZSSR Studio</source>
        <translation>ZSSR Studio</translation>
    </message>
    <message>
        <source>The eyes of a cat: at the left as ordinary enlargement shows them, at the right as this program does.</source>
        <translation>Die Augen einer Katze: links, wie übliche Vergrößerung sie zeigt, rechts, wie dieses Programm es tut.</translation>
    </message>
    <message>
        <source>Those in gray are not there now: they were moved or renamed, or their disk is not connected.</source>
        <translation>Die grauen sind jetzt nicht da: Sie wurden verschoben oder umbenannt, oder ihr Datenträger ist nicht angeschlossen.</translation>
    </message>
    <message>
        <source>Recent pictures</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>ZSSR</source>
        <translation>ZSSR</translation>
    </message>
    <message>
        <source>SelfExSR</source>
        <translation>SelfExSR</translation>
    </message>
    <message>
        <source>Patch recurrence</source>
        <translation>Wiederkehrende Bildstücke</translation>
    </message>
    <message>
        <source>Nearest neighbour</source>
        <translation>Nächster Nachbar</translation>
    </message>
    <message>
        <source>Lanczos</source>
        <translation>Lanczos</translation>
    </message>
    <message>
        <source>Bicubic, back-projected</source>
        <translation>Bikubisch mit Rückprojektion</translation>
    </message>
    <message>
        <source>from this picture alone</source>
        <translation>aus diesem Bild allein</translation>
    </message>
    <message>
        <source>learned from outside pictures</source>
        <translation>an fremden Bildern gelernt</translation>
    </message>
    <message>
        <source>learned from outside pictures, to please the eye: may invent detail</source>
        <translation>an fremden Bildern gelernt, dem Auge zu gefallen: erfindet womöglich Einzelheiten</translation>
    </message>
    <message>
        <source>Looking into each file…</source>
        <translation>Jede Datei wird angesehen …</translation>
    </message>
    <message>
        <source>Folder of networks</source>
        <translation>Ordner mit Netzen</translation>
    </message>
    <message>
        <source>What you tick enlarges the same picture or region {times}, one after the other, and stands beside your runs. Bicubic stands there already.</source>
        <translation>Was Sie ankreuzen, vergrößert dasselbe Bild oder denselben Ausschnitt {times}, eins nach dem anderen, und steht neben Ihren Läufen. Bikubisch steht dort schon.</translation>
    </message>
    <message>
        <source>Networks that others trained are listed here once you choose a folder of their files.</source>
        <translation>Netze, die andere trainiert haben, stehen hier, sobald Sie einen Ordner mit ihren Dateien wählen.</translation>
    </message>
    <message>
        <source>There are no files of networks in it.</source>
        <translation>Es sind keine Dateien von Netzen darin.</translation>
    </message>
    <message>
        <source>{recognised} of {count} files were recognised.</source>
        <translation>{recognised} von {count} Dateien wurden erkannt.</translation>
    </message>
    <message>
        <source>No map lies over a difference.</source>
        <translation>Über einer Differenz liegt keine Karte.</translation>
    </message>
    <message>
        <source>What is shown has no map. Look at a run.</source>
        <translation>Was gezeigt wird, hat keine Karte. Sehen Sie einen Lauf an.</translation>
    </message>
    <message>
        <source>Consistency: the result, downscaled again, against the input</source>
        <translation>Konsistenz: das Ergebnis, wieder verkleinert, gegen die Eingabe</translation>
    </message>
    <message>
        <source>Disagreement: how far several results of the network deviate</source>
        <translation>Uneinigkeit: wie weit mehrere Ergebnisse des Netzes abweichen</translation>
    </message>
    <message>
        <source>Other seeds: how far the results of several networks deviate</source>
        <translation>Andere Startwerte: wie weit die Ergebnisse mehrerer Netze abweichen</translation>
    </message>
    <message>
        <source>Legend of the map</source>
        <translation>Legende der Karte</translation>
    </message>
    <message>
        <source>more than noise, compression and rounding explain</source>
        <translation>mehr, als Rauschen, Kompression und Rundung erklären</translation>
    </message>
    <message>
        <source>{levels} of 255 levels, or more</source>
        <translation>{levels} von 255 Stufen oder mehr</translation>
    </message>
    <message>
        <source>at the top left</source>
        <translation>oben links</translation>
    </message>
    <message>
        <source>at the top</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>at the top right</source>
        <translation>oben rechts</translation>
    </message>
    <message>
        <source>at the left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>in the middle</source>
        <translation>in der Mitte</translation>
    </message>
    <message>
        <source>at the right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>at the bottom left</source>
        <translation>unten links</translation>
    </message>
    <message>
        <source>at the bottom</source>
        <translation>unten</translation>
    </message>
    <message>
        <source>at the bottom right</source>
        <translation>unten rechts</translation>
    </message>
    <message>
        <source>all over the picture</source>
        <translation>über das ganze Bild verteilt</translation>
    </message>
    <message>
        <source>Nowhere does the result, downscaled again, differ from the input by more than noise, compression and rounding explain.</source>
        <translation>Nirgends weicht das Ergebnis, wieder verkleinert, von der Eingabe um mehr ab, als Rauschen, Kompression und Rundung erklären.</translation>
    </message>
    <message>
        <source>At {percent:g} % of the input&apos;s pixels the result, downscaled again, differs by more than noise, compression and rounding explain.</source>
        <translation>Bei {percent:g} % der Pixel der Eingabe weicht das Ergebnis, wieder verkleinert, um mehr ab, als Rauschen, Kompression und Rundung erklären.</translation>
    </message>
    <message>
        <source>By chance it would at up to {percent:g} %.</source>
        <translation>Durch Zufall wären es bis zu {percent:g} %.</translation>
    </message>
    <message>
        <source>{percent:g} % of the picture is unstable, {place}: there the flips and rotations of the self-ensemble deviate by more than {levels:.0f} of 255 levels.</source>
        <translation>{percent:g} % des Bildes sind instabil, {place}: Dort weichen die Spiegelungen und Drehungen des Selbst-Ensembles um mehr als {levels:.0f} von 255 Stufen voneinander ab.</translation>
    </message>
    <message>
        <source>{percent:g} % of the picture is unstable, {place}: there the network and its states at the ends of earlier stages deviate by more than {levels:.0f} of 255 levels.</source>
        <translation>{percent:g} % des Bildes sind instabil, {place}: Dort weichen das Netz und seine Stände am Ende früherer Abschnitte um mehr als {levels:.0f} von 255 Stufen voneinander ab.</translation>
    </message>
    <message>
        <source>Nowhere do the network and its states at the ends of earlier stages deviate by more than {levels:.0f} of 255 levels.</source>
        <translation>Nirgends weichen das Netz und seine Stände am Ende früherer Abschnitte um mehr als {levels:.0f} von 255 Stufen voneinander ab.</translation>
    </message>
    <message>
        <source>There was neither a second pass nor an earlier state of the network to compare with, so nothing is known of unstable parts. Networks of other seeds can tell: Look closer in the window, --members in the terminal.</source>
        <translation>Es gab weder einen zweiten Durchgang noch einen früheren Stand des Netzes zum Vergleichen, daher ist von instabilen Stellen nichts bekannt. Netze mit anderen Startwerten sagen es: Genauer hinsehen im Fenster, --members im Terminal.</translation>
    </message>
    <message>
        <source>Networks of {count} seeds deviate by more than {levels:.0f} of 255 levels at {percent:g} % of the picture, {place}, and by {median:.2f} in the median.</source>
        <translation>Netze mit {count} Startwerten weichen an {percent:g} % des Bildes um mehr als {levels:.0f} von 255 Stufen voneinander ab, {place}, und im Median um {median:.2f}.</translation>
    </message>
    <message>
        <source>Nowhere do networks of {count} seeds deviate by more than {levels:.0f} of 255 levels; in the median it is {median:.2f}.</source>
        <translation>Nirgends weichen Netze mit {count} Startwerten um mehr als {levels:.0f} von 255 Stufen voneinander ab; im Median sind es {median:.2f}.</translation>
    </message>
    <message>
        <source>Under a kernel {factor:g} times as wide the result changes by {rms:.1f} of 255 levels (root mean square), and {percent:g} % of its pixels by more than {levels:.0f}.</source>
        <translation>Unter einem {factor:g}-mal so breiten Kern ändert sich das Ergebnis um {rms:.1f} von 255 Stufen (quadratisches Mittel), und {percent:g} % seiner Pixel um mehr als {levels:.0f}.</translation>
    </message>
    <message>
        <source>mostly {place}</source>
        <translation>meist {place}</translation>
    </message>
    <message>
        <source>Nowhere do the flips and rotations of the self-ensemble deviate by more than {levels:.0f} of 255 levels.</source>
        <translation>Nirgends weichen die Spiegelungen und Drehungen des Selbst-Ensembles um mehr als {levels:.0f} von 255 Stufen voneinander ab.</translation>
    </message>
    <message>
        <source>Only runs of this version of the program can be done again. This one holds no record of its run.</source>
        <translation>Nur Läufe dieser Version des Programms können wiederholt werden. Zu diesem gibt es kein Protokoll.</translation>
    </message>
    <message>
        <source>Pixels equal: the run gives the same result again, to the last bit.</source>
        <translation>Pixel gleich: Der Lauf ergibt wieder dasselbe Ergebnis, bis zum letzten Bit.</translation>
    </message>
    <message>
        <source>The run was stopped before it was as far as that of the record, so nothing can be said of the pixels. Let it come to its end.</source>
        <translation>Der Lauf wurde angehalten, bevor er so weit war wie der des Protokolls; über die Pixel lässt sich nichts sagen. Lassen Sie ihn zu Ende laufen.</translation>
    </message>
    <message>
        <source>the machine computes another way</source>
        <translation>die Maschine anders rechnet</translation>
    </message>
    <message>
        <source>The pixels differ from those of the record. It may be because {why}.</source>
        <translation>Die Pixel weichen von denen des Protokolls ab. Grund kann sein: {why}.</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)</source>
        <translation>Zertifikate und Schlüssel (*.pem *.crt *.cer *.key);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Chain of certificates, your own first</source>
        <translation>Zertifikatskette, das eigene zuerst</translation>
    </message>
    <message>
        <source>The private key to it</source>
        <translation>Der private Schlüssel dazu</translation>
    </message>
    <message>
        <source>Report on an enlargement</source>
        <translation>Bericht über eine Vergrößerung</translation>
    </message>
    <message>
        <source>Input, enlarged by bicubic interpolation</source>
        <translation>Eingabe, bikubisch vergrößert</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Consistency: magenta is {levels} of 255 levels or more; blue is not explained by noise or rounding</source>
        <translation>Konsistenz: Magenta sind {levels} von 255 Stufen oder mehr; Blau erklären weder Rauschen noch Rundung</translation>
    </message>
    <message>
        <source>Disagreement: magenta is {levels} of 255 levels or more</source>
        <translation>Uneinigkeit: Magenta sind {levels} von 255 Stufen oder mehr</translation>
    </message>
    <message>
        <source>Course of training: the loss against the {steps} steps, on a logarithmic scale from {least:.2g} to {most:.2g}</source>
        <translation>Verlauf des Trainings: der Verlust über den {steps} Schritten, logarithmisch von {least:.2g} bis {most:.2g}</translation>
    </message>
    <message>
        <source>There is no consistency map: the file is of another size, or of other colours, than the run made it.</source>
        <translation>Es gibt keine Konsistenzkarte: Die Datei hat eine andere Größe oder andere Farben, als der Lauf ihr gab.</translation>
    </message>
    <message>
        <source>The map of disagreement is not in the file; its figures are told above where they are known.</source>
        <translation>Die Uneinigkeitskarte ist nicht in der Datei; ihre Zahlen stehen oben, soweit sie bekannt sind.</translation>
    </message>
    <message>
        <source>What may be relied on</source>
        <translation>Worauf Verlass ist</translation>
    </message>
    <message>
        <source>The network was trained on this picture alone; no outside pictures were used.</source>
        <translation>Das Netz wurde nur mit diesem Bild trainiert; fremde Bilder wurden nicht verwendet.</translation>
    </message>
    <message>
        <source>The network had learned from other pictures before: {names}.</source>
        <translation>Das Netz hatte vorher von anderen Bildern gelernt: {names}.</translation>
    </message>
    <message>
        <source>Nothing was trained: the picture was copied.</source>
        <translation>Nichts wurde trainiert: Das Bild wurde kopiert.</translation>
    </message>
    <message>
        <source>An ordinary downscaling (bicubic) was assumed to have made the picture.</source>
        <translation>Angenommen wurde, dass eine gewöhnliche Verkleinerung (bikubisch) das Bild gemacht hat.</translation>
    </message>
    <message>
        <source>The assumed kernel is an estimate, which may be wrong by about {percent:.0f} %.</source>
        <translation>Der angenommene Kern ist eine Schätzung, die um etwa {percent:.0f} % falsch sein kann.</translation>
    </message>
    <message>
        <source>The assumed kernel was taken as exactly known.</source>
        <translation>Der angenommene Kern galt als genau bekannt.</translation>
    </message>
    <message>
        <source>Downscaled again the result meets the input at {psnr_db:.1f} dB: it is consistent with the input under the assumed kernel.</source>
        <translation>Wieder verkleinert gleicht das Ergebnis der Eingabe mit {psnr_db:.1f} dB: Es ist unter dem angenommenen Kern konsistent mit der Eingabe.</translation>
    </message>
    <message>
        <source>The picture as it stands in the file, with rounded samples and perhaps compressed, meets the input at {psnr_db:.1f} dB. Where that is much less, the file was changed since, and what is said of the run does not hold for it.</source>
        <translation>Das Bild, wie es in der Datei steht, mit gerundeten und vielleicht komprimierten Werten, gleicht der Eingabe mit {psnr_db:.1f} dB. Wo das viel weniger ist, wurde die Datei seither geändert, und was vom Lauf gesagt ist, gilt nicht für sie.</translation>
    </message>
    <message>
        <source>Downscaled again the result equals the input under the assumed kernel.</source>
        <translation>Wieder verkleinert ist das Ergebnis unter dem angenommenen Kern gleich der Eingabe.</translation>
    </message>
    <message>
        <source>It was changed before it was written: {what}.</source>
        <translation>Es wurde vor dem Schreiben verändert: {what}.</translation>
    </message>
    <message>
        <source>Where there is disagreement, look twice: in the pictures that were measured such pixels were about twice as wrong as the others. Where there is none, the result need not be right, since all that is compared shares one picture and one kernel. Detail that is finer than the pixels of the input is an estimate, and no evidence of what was there.</source>
        <translation>Wo Uneinigkeit ist, sehen Sie zweimal hin: In den Bildern, die gemessen wurden, waren solche Pixel etwa doppelt so falsch wie die anderen. Wo keine ist, muss das Ergebnis nicht richtig sein, denn alles, was verglichen wird, hat ein Bild und einen Kern gemeinsam. Details, die feiner sind als die Pixel der Eingabe, sind geschätzt und kein Beleg dafür, was da war.</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>SHA-256 of the file</source>
        <translation>SHA-256 der Datei</translation>
    </message>
    <message>
        <source>SHA-256 of the pixels</source>
        <translation>SHA-256 der Pixel</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Open all pictures of a folder</source>
        <translation>Alle Bilder eines Ordners öffnen</translation>
    </message>
    <message>
        <source>The box is being worked on. Stop it, or wait for its end, before another one is opened.</source>
        <translation>Am Stapel wird gearbeitet. Brechen Sie ab oder warten Sie sein Ende ab, bevor Sie einen anderen öffnen.</translation>
    </message>
    <message>
        <source>The box is being worked on. Stop it, or wait for its end, before pictures are added to it.</source>
        <translation>Am Stapel wird gearbeitet. Brechen Sie ab oder warten Sie sein Ende ab, bevor Sie Bilder hinzufügen.</translation>
    </message>
    <message>
        <source>Added to the box: {count} of {known} pictures; the others are in it already.</source>
        <translation>Zum Stapel hinzugefügt: {count} von {known} Bildern; die anderen sind schon darin.</translation>
    </message>
    <message>
        <source>Added to the box: {count} pictures.</source>
        <translation>Zum Stapel hinzugefügt: {count} Bilder.</translation>
    </message>
    <message>
        <source>There are no pictures in {names}. Open picture files, or a folder with some.</source>
        <translation>In {names} sind keine Bilder. Öffnen Sie Bilddateien oder einen Ordner mit solchen.</translation>
    </message>
    <message>
        <source>Left out, as they are no pictures by their names: {names}.</source>
        <translation>Ausgelassen, da sie ihrem Namen nach keine Bilder sind: {names}.</translation>
    </message>
    <message>
        <source>Choose the folder of the results</source>
        <translation>Den Ordner der Ergebnisse wählen</translation>
    </message>
    <message>
        <source>{box}: those in hand begin again next time.</source>
        <translation>{box}: Woran gerade gearbeitet wird, beginnt beim nächsten Mal von vorn.</translation>
    </message>
    <message>
        <source>{page} could not be shown. Open it in a browser.</source>
        <translation>{page} konnte nicht gezeigt werden. Öffnen Sie die Seite in einem Browser.</translation>
    </message>
    <message>
        <source>The box is done: {counts}.</source>
        <translation>Der Stapel ist durch: {counts}.</translation>
    </message>
    <message>
        <source>The box was ended: {counts}. Start goes on with the others.</source>
        <translation>Der Stapel wurde beendet: {counts}. Start macht mit den anderen weiter.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Show results</source>
        <translation>Ergebnisse zeigen</translation>
    </message>
    <message>
        <source>What the box holds stays as it is while it is being worked on. Stop it, or wait for its end.</source>
        <translation>Was im Stapel liegt, bleibt, wie es ist, solange an ihm gearbeitet wird. Brechen Sie ab oder warten Sie sein Ende ab.</translation>
    </message>
    <message>
        <source>Paused: {counts}</source>
        <translation>Angehalten: {counts}</translation>
    </message>
    <message>
        <source>Ending: {counts}</source>
        <translation>Endet: {counts}</translation>
    </message>
    <message>
        <source>{done} of {count}</source>
        <translation>{done} von {count}</translation>
    </message>
    <message>
        <source>about {time}, until {clock}</source>
        <translation>etwa {time}, bis {clock}</translation>
    </message>
    <message>
        <source>{short}, until {clock}</source>
        <translation>{short}, bis {clock}</translation>
    </message>
    <message>
        <source>Pictures of the box, what was found in each and what became of it</source>
        <translation>Bilder des Stapels, was in jedem gefunden wurde und was daraus wurde</translation>
    </message>
    <message>
        <source>Pictures of the box</source>
        <translation>Bilder des Stapels</translation>
    </message>
    <message>
        <source>Arrow keys go along, Enter opens, Space says whether it is enlarged, Delete takes it out of the box.</source>
        <translation>Pfeiltasten gehen die Reihe entlang, Eingabe öffnet, die Leertaste sagt, ob vergrößert wird, Entf nimmt aus dem Stapel.</translation>
    </message>
    <message>
        <source>The memory is not enough to look at it.</source>
        <translation>Der Speicher reicht nicht, um es anzusehen.</translation>
    </message>
    <message>
        <source>The run failed unexpectedly ({kind}: {error}). The picture is untouched; try again.</source>
        <translation>Der Lauf ist unerwartet fehlgeschlagen ({kind}: {error}). Das Bild ist unverändert; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>That failed unexpectedly ({kind}: {error}). What was done so far is kept; try again.</source>
        <translation>Das ist unerwartet fehlgeschlagen ({kind}: {error}). Was bisher getan wurde, bleibt; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>That takes about {time}. The result stays as it is.</source>
        <translation>Das dauert etwa {time}. Das Ergebnis bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Tick what is to be looked at.</source>
        <translation>Kreuzen Sie an, was angesehen werden soll.</translation>
    </message>
    <message>
        <source>Where they differ is shown by Compare, Map of other seeds.</source>
        <translation>Wo sie abweichen, zeigt Vergleichen, Karte anderer Startwerte.</translation>
    </message>
    <message>
        <source>It was stopped, so nothing is known yet.</source>
        <translation>Es wurde angehalten, daher ist noch nichts bekannt.</translation>
    </message>
    <message>
        <source>{path} cannot be read again ({why}). Open it once more.</source>
        <translation>{path} lässt sich nicht noch einmal lesen ({why}). Öffnen Sie die Datei erneut.</translation>
    </message>
</context>
</TS>
