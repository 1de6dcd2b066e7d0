; NOT TRIED on Windows yet. The script builds (packaging/windows/dry_build.sh); nobody has run what it makes.
;   makensis -DVERSION=0.1.0 -DBUNDLE=path\to\dist\zssr-studio packaging\windows\installer.nsi
; Installs for the user who runs it, without asking for an administrator, into the menu and "Open with".
Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"

!define NAME "ZSSR Studio"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\ZssrStudio"
!ifndef VERSION
  !error "Name the version: -DVERSION=0.1.0"
!endif
!ifndef BUNDLE
  !error "Name the folder of the bundle: -DBUNDLE=dist\zssr-studio"
!endif
!ifndef OUT
  !define OUT "zssr-studio-${VERSION}-setup.exe"
!endif

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\ZSSR Studio"
InstallDirRegKey HKCU "Software\ZSSR Studio" "Folder"
RequestExecutionLevel user
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The ZSSR Studio founders, MIT licence"

!define MUI_ICON "${__FILEDIR__}/../../resources/app-icon/zssr-studio.ico"
!define MUI_UNICON "${MUI_ICON}"
!insertmacro MUI_PAGE_LICENSE "${__FILEDIR__}/../../LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\zssr-studio.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

Section "Install"
  ; A version before this one may have had files that this one has not.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\zssr-studio.exe"
  WriteRegStr HKCU "Software\ZSSR Studio" "Folder" "$INSTDIR"

  ; "Open with" for pictures, and a double click on projects.
  WriteRegStr HKCU "Software\Classes\Applications\zssr-studio.exe" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "Software\Classes\Applications\zssr-studio.exe\shell\open\command" "" '"$INSTDIR\zssr-studio.exe" open "%1"'
  WriteRegStr HKCU "Software\Classes\.png\OpenWithProgids" "ZssrStudio.Picture" ""
  WriteRegStr HKCU "Software\Classes\.jpg\OpenWithProgids" "ZssrStudio.Picture" ""
  WriteRegStr HKCU "Software\Classes\.jpeg\OpenWithProgids" "ZssrStudio.Picture" ""
  WriteRegStr HKCU "Software\Classes\.tif\OpenWithProgids" "ZssrStudio.Picture" ""
  WriteRegStr HKCU "Software\Classes\.tiff\OpenWithProgids" "ZssrStudio.Picture" ""
  WriteRegStr HKCU "Software\Classes\.webp\OpenWithProgids" "ZssrStudio.Picture" ""
  WriteRegStr HKCU "Software\Classes\.avif\OpenWithProgids" "ZssrStudio.Picture" ""
  WriteRegStr HKCU "Software\Classes\.jxl\OpenWithProgids" "ZssrStudio.Picture" ""
  WriteRegStr HKCU "Software\Classes\ZssrStudio.Picture\shell\open\command" "" '"$INSTDIR\zssr-studio.exe" open "%1"'
  WriteRegStr HKCU "Software\Classes\.zssr" "" "ZssrStudio.Project"
  WriteRegStr HKCU "Software\Classes\ZssrStudio.Project" "" "ZSSR Studio project"
  WriteRegStr HKCU "Software\Classes\ZssrStudio.Project\DefaultIcon" "" "$INSTDIR\zssr-studio.exe,0"
  WriteRegStr HKCU "Software\Classes\ZssrStudio.Project\shell\open\command" "" '"$INSTDIR\zssr-studio.exe" open "%1"'

  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\zssr-studio.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "The ZSSR Studio founders"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" "$0"
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  ; Settings and saved work are the user's, and stay.
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\bom.cdx.json"
  Delete "$INSTDIR\zssr-studio.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegValue HKCU "Software\Classes\.png\OpenWithProgids" "ZssrStudio.Picture"
  DeleteRegValue HKCU "Software\Classes\.jpg\OpenWithProgids" "ZssrStudio.Picture"
  DeleteRegValue HKCU "Software\Classes\.jpeg\OpenWithProgids" "ZssrStudio.Picture"
  DeleteRegValue HKCU "Software\Classes\.tif\OpenWithProgids" "ZssrStudio.Picture"
  DeleteRegValue HKCU "Software\Classes\.tiff\OpenWithProgids" "ZssrStudio.Picture"
  DeleteRegValue HKCU "Software\Classes\.webp\OpenWithProgids" "ZssrStudio.Picture"
  DeleteRegValue HKCU "Software\Classes\.avif\OpenWithProgids" "ZssrStudio.Picture"
  DeleteRegValue HKCU "Software\Classes\.jxl\OpenWithProgids" "ZssrStudio.Picture"
  DeleteRegKey HKCU "Software\Classes\Applications\zssr-studio.exe"
  DeleteRegKey HKCU "Software\Classes\ZssrStudio.Picture"
  DeleteRegKey HKCU "Software\Classes\ZssrStudio.Project"
  DeleteRegKey HKCU "Software\Classes\.zssr"
  DeleteRegKey HKCU "Software\ZSSR Studio"
  DeleteRegKey HKCU "${KEY}"
  ${RefreshShellIcons}
SectionEnd
